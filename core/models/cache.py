from django.db import models


class CacheEntry(models.Model):
    """The table of Django's database cache, made by a migration like every other; only the cache reads and writes it.

    Shaped as `createcachetable` would make it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_cache"

    def __str__(self) -> str:
        return self.cache_key
