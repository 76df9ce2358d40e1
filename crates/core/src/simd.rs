//! Which instructions a kernel's lanes use: chosen once, at run time, with the same bits either way.

/// A compiled path through the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// What every machine of the target has (SSE2 on x86-64).
    Scalar,
    /// AVX2, eight numbers to a register.
    Avx2,
}

impl Path {
    /// The best path that this machine has.
    #[must_use]
    pub fn detect() -> Self {
        if Self::Avx2.is_available() { Self::Avx2 } else { Self::Scalar }
    }

    /// Whether this machine has it.
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            Self::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => std::arch::is_x86_feature_detected!("avx2"),
            #[cfg(not(target_arch = "x86_64"))]
            Self::Avx2 => false,
        }
    }

    /// Its name, as in `PLIMSOLL_SIMD`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Avx2 => "avx2",
        }
    }

    /// The path of that name. A name that is known but not available here is the caller's to refuse.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Scalar, Self::Avx2].into_iter().find(|p| p.name() == name)
    }
}
