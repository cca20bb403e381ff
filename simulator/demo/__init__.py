"""The demo day: what a station's number hears in a day, played through the real webhook."""
