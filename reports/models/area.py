"""Where a station works: regency, districts (kecamatan), villages (desa or kelurahan), each with its centre."""

from math import cos, hypot, pi, radians, sqrt
from typing import ClassVar, NamedTuple, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.station import Station

KM_PER_DEGREE = 111.2


class Point(NamedTuple):
    """Where something is, in degrees."""

    latitude: float
    longitude: float

    def km_to(self, other: "Point") -> float:
        """Good to a per cent over the width of a regency."""
        east = (other.longitude - self.longitude) * cos(radians(self.latitude))
        return hypot(other.latitude - self.latitude, east) * KM_PER_DEGREE


Ring = list[list[float]]


class AreaQuerySet(models.QuerySet["Area"]):
    def villages_of(self, station: Station) -> Self:
        return self.filter(station=station, level=Area.Level.VILLAGE)

    def at(self, point: Point, station: Station, *, within_km: float) -> "Area | None":
        """The station's village at this point: whose outline holds it, else that without one whose centre is nearest.

        None further than `within_km` from every centre: that is somewhere else.
        """
        around = Boundary.objects.around(point).select_related("area")
        for boundary in around.filter(area__station=station, area__level=Area.Level.VILLAGE):
            if boundary.holds(point):
                return boundary.area
        villages = self.villages_of(station).filter(boundary=None)
        near = min(villages, key=lambda village: point.km_to(village.centre), default=None)
        return near if near and point.km_to(near.centre) <= within_km else None


class Area(models.Model):
    class Level(models.TextChoices):
        REGENCY = "regency", _("regency")
        DISTRICT = "district", _("district")
        VILLAGE = "village", _("village")

    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="areas", verbose_name=_("station")
    )
    code = models.CharField(
        _("code"), max_length=13, unique=True, help_text=_("Code of the Ministry of Home Affairs.")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    outline = models.JSONField(_("outline"), null=True, blank=True, editable=False)
    """Rings of [longitude, latitude] in degrees, simplified for a small map; `import_areas` brings them."""
    square_km = models.FloatField(_("area in km²"), null=True, blank=True)

    objects: ClassVar[AreaQuerySet] = AreaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        indexes: ClassVar = [
            # Finding a place by the name somebody wrote.
            models.Index(fields=["station", "name"], name="area_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def centre(self) -> Point:
        return Point(self.latitude, self.longitude)

    @property
    def radius_km(self) -> float:
        """Of a circle of its size."""
        return sqrt((self.square_km or 1) / pi)


class BoundaryQuerySet(models.QuerySet["Boundary"]):
    def around(self, point: Point) -> Self:
        """Those whose box holds the point: few, so that only these are looked at closely."""
        return self.filter(
            west__lte=point.longitude,
            east__gte=point.longitude,
            south__lte=point.latitude,
            north__gte=point.latitude,
        )


class Boundary(models.Model):
    """The full outline of an area. Apart from it, because a page that names the area has no use for thousands of points."""

    area = models.OneToOneField(
        Area, on_delete=models.CASCADE, primary_key=True, related_name="boundary"
    )
    geometry = models.JSONField()
    """GeoJSON, a valid Polygon or MultiPolygon; `import_areas` brings it."""
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    objects: ClassVar[BoundaryQuerySet] = BoundaryQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"boundary of {self.area_id}"

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside, and in none of the holes."""
        shape = self.geometry["coordinates"]
        polygons = shape if self.geometry["type"] == "MultiPolygon" else [shape]
        inside = False
        for polygon in polygons:
            for ring in polygon:
                inside ^= _is_inside(ring, point)
        return inside


def _is_inside(ring: Ring, point: Point) -> bool:
    """By counting the edges to the east of the point: an odd number means inside."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > point.latitude) != (y2 > point.latitude):
            crossing = x1 + (point.latitude - y1) / (y2 - y1) * (x2 - x1)
            inside ^= point.longitude < crossing
    return inside
