"""Codes: what an encoder makes of pictures."""

from dataclasses import dataclass

import numpy as np

# A dimension with less information than this, in nats, tells the decoder nothing.
ACTIVE_FROM = 0.01


@dataclass(frozen=True)
class Codes:
    """The codes of pictures; those of a variational encoder are normals around their means."""

    means: np.ndarray  # (pictures, latent)
    log_variances: np.ndarray | None = None  # the same; None for codes that are points

    @property
    def kl(self) -> np.ndarray:
        """KL from N(0, 1), `(pictures, latent)`, in nats, in double precision; zeros for points.

        Kingma & Welling (2014), appendix B.
        """
        if self.log_variances is None:
            return np.zeros(self.means.shape)
        means, log_variances = np.float64(self.means), np.float64(self.log_variances)
        return 0.5 * (means**2 + np.exp(log_variances) - 1 - log_variances)

    @property
    def dimension_kl(self) -> np.ndarray:
        """The mean KL `(latent,)` of each dimension; it is 0 where one collapsed."""
        return self.kl.mean(axis=0)
