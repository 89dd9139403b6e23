"""Tell our published records in Open Referral HSDS 3.1, with a profile of our own beside it."""

VERSION = "3.1"
STANDARD = "https://docs.openreferral.org/en/3.1/"
