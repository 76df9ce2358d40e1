//! Which instructions the fast tier uses: chosen once, at run time, with the same bits either way.

use crate::kernel::{LANES, Outcome, Window};
use crate::lanes::{self, Lane, probe::Stretches};
use plimsoll_core::random::Stream;
use plimsoll_sea::waves::COMPONENTS;

pub use plimsoll_core::simd::Path;

/// Runs the windows in groups of [`LANES`]. A path that this machine lacks falls back to the scalar one: same bits.
pub(crate) fn run(path: Path, stream: &Stream, windows: &[Window<'_>], steps: u32, out: &mut [Outcome]) {
    #[cfg(target_arch = "x86_64")]
    let avx2 = path == Path::Avx2 && Path::Avx2.is_available();
    for (windows, out) in windows.chunks(LANES).zip(out.chunks_mut(LANES)) {
        #[cfg(target_arch = "x86_64")]
        if avx2 {
            // SAFETY: the one requirement of a `target_feature` function is that the processor has the feature, and
            // `is_available` has just asked it.
            #[expect(unsafe_code, reason = "the dispatch that the layout allows")]
            unsafe {
                group_avx2(stream, windows, steps, out);
            }
            continue;
        }
        lanes::group(stream, windows, steps, out);
    }
}

/// [`lanes::probe::response`] on a path, with the same fall-back.
pub(crate) fn response(path: Path, window: &Window<'_>) -> [f32; COMPONENTS] {
    #[cfg(target_arch = "x86_64")]
    if path == Path::Avx2 && Path::Avx2.is_available() {
        // SAFETY: as in `run`: the processor has just said that it has AVX2.
        #[expect(unsafe_code, reason = "the dispatch that the layout allows")]
        return unsafe { response_avx2(window) };
    }
    lanes::probe::response(window)
}

/// [`lanes::probe::energies`] on a path, with the same fall-back.
pub(crate) fn energies(path: Path, stream: &Stream, first: u64, tick: u32, groups: usize) -> Vec<[Lane; COMPONENTS]> {
    #[cfg(target_arch = "x86_64")]
    if path == Path::Avx2 && Path::Avx2.is_available() {
        // SAFETY: as in `run`: the processor has just said that it has AVX2.
        #[expect(unsafe_code, reason = "the dispatch that the layout allows")]
        return unsafe { energies_avx2(stream, first, tick, groups) };
    }
    lanes::probe::energies(stream, first, tick, groups)
}

/// [`lanes::probe::stretches`] on a path, with the same fall-back.
pub(crate) fn stretches(path: Path, stream: &Stream, window: &Window<'_>, realisations: &[u64; LANES]) -> Stretches {
    #[cfg(target_arch = "x86_64")]
    if path == Path::Avx2 && Path::Avx2.is_available() {
        // SAFETY: as in `run`: the processor has just said that it has AVX2.
        #[expect(unsafe_code, reason = "the dispatch that the layout allows")]
        return unsafe { stretches_avx2(stream, window, realisations) };
    }
    lanes::probe::stretches(stream, window, realisations)
}

/// [`lanes::probe::response`] compiled for AVX2, as below.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn response_avx2(window: &Window<'_>) -> [f32; COMPONENTS] {
    lanes::probe::response(window)
}

/// [`lanes::probe::energies`] compiled for AVX2, as below.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn energies_avx2(stream: &Stream, first: u64, tick: u32, groups: usize) -> Vec<[Lane; COMPONENTS]> {
    lanes::probe::energies(stream, first, tick, groups)
}

/// [`lanes::probe::stretches`] compiled for AVX2, as below.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn stretches_avx2(stream: &Stream, window: &Window<'_>, realisations: &[u64; LANES]) -> Stretches {
    lanes::probe::stretches(stream, window, realisations)
}

/// [`lanes::group`] compiled for AVX2: everything in it is `inline(always)`, so this is the same arithmetic in wider registers.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn group_avx2(stream: &Stream, windows: &[Window<'_>], steps: u32, out: &mut [Outcome]) {
    lanes::group(stream, windows, steps, out);
}
