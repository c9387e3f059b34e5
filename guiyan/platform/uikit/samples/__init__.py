"""Every state of every component, as the living catalogue and its tests show them. One story: Zhang Ruolan's recall."""

from guiyan.platform.uikit.samples import asking, dossier, layout, phone, work
from guiyan.platform.uikit.samples.sample import Sample

SAMPLES: tuple[Sample, ...] = (
    *layout.SAMPLES,
    *dossier.SAMPLES,
    *work.SAMPLES,
    *asking.SAMPLES,
    *phone.SAMPLES,
)
