from rest_framework.routers import SimpleRouter

from reports.api.views import CategoryViewSet, ReportViewSet

router = SimpleRouter()
router.register("reports", ReportViewSet, basename="report")
router.register("categories", CategoryViewSet, basename="category")
urlpatterns = router.urls
