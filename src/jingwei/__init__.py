"""经纬 jingwei: grid-based management (网格化管理) for districts, townships and campuses."""

__version__ = "0.1.0"
