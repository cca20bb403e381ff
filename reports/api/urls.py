from rest_framework.routers import SimpleRouter

from reports.api.blocking import BlockViewSet
from reports.api.incidents import IncidentViewSet
from reports.api.media import MediaViewSet
from reports.api.views import CategoryViewSet, ReportViewSet

router = SimpleRouter()
router.register("reports", ReportViewSet, basename="report")
router.register("categories", CategoryViewSet, basename="category")
router.register("blocks", BlockViewSet, basename="block")
router.register("incidents", IncidentViewSet, basename="incident")
router.register("media", MediaViewSet, basename="media")
urlpatterns = router.urls
