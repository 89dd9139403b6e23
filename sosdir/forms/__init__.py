"""Take what people and programs send, check it, and say plainly what is wrong."""
