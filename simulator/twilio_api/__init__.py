"""Twilio's REST API, as far as the desk's SDK calls it: messages, media, content templates."""
