"""The words of schema.org that we use, by kind: https://schema.org/docs/full.html.

Each property stands under every kind of ours that it may be said of.
"""

THING = {"name", "url", "sameAs", "identifier", "description", "mainEntityOfPage"}
SERVICE = THING | {
    "serviceType",
    "provider",
    "areaServed",
    "audience",
    "availableChannel",
    "offers",
}
WORK = THING | {
    "inLanguage",
    "isAccessibleForFree",
    "keywords",
    "license",
    "dateModified",
    "dateCreated",
    "creator",
    "spatialCoverage",
}
PROPERTIES = {
    "Service": SERVICE,
    "GovernmentService": SERVICE | {"serviceOperator"},
    "ServiceChannel": THING
    | {"availableLanguage", "serviceLocation", "servicePhone", "serviceSmsNumber", "serviceUrl"},
    "ContactPoint": THING | {"telephone", "hoursAvailable", "availableLanguage"},
    "OpeningHoursSpecification": THING | {"dayOfWeek", "opens", "closes"},
    "Organization": THING | {"makesOffer"},
    "AdministrativeArea": THING,
    "Country": THING,
    "PropertyValue": THING | {"propertyID", "value"},
    "Audience": THING | {"audienceType"},
    "Offer": THING | {"price", "priceCurrency", "itemOffered"},
    "Place": THING | {"address", "openingHoursSpecification"},
    "WebPage": WORK | {"lastReviewed"},
    "WebSite": WORK,
    "Dataset": WORK | {"distribution"},
    "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "ItemList": THING | {"itemListElement", "itemListOrder", "numberOfItems"},
    "ListItem": THING | {"position", "item"},
}
