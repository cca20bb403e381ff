"""Wiring only: settings, checks, the Celery application, logging, addresses. No rule of the desk lives here."""

from polreswa.celery import app as celery_app

__all__ = ["celery_app"]
