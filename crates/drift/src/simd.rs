//! Which instructions the lanes use: chosen once, at run time, with the same bits either way.

use crate::snapshot::Snapshot;
use crate::state::{LANES, Lane, Noise, Pack};
use crate::step::{Done, Step, step};
use crate::stranding::Land;
use crate::summary::Sums;
pub use plimsoll_core::simd::Path;

/// Advances packs; `first` is the number of the first particle. `noise` is empty or as long as `packs`. Packs that looked beyond what is
/// filled are left as they were, and `redo` alone are advanced where it is given.
pub(crate) fn packs<L: Land>(
    path: Path,
    s: &Step<'_, L>,
    packs: &mut [Pack],
    noise: &mut [Noise],
    first: u64,
    escaped: &mut Vec<usize>,
) -> Done {
    let mut done = Done::NONE;
    for k in 0..packs.len() {
        let one = pack(path, s, &mut packs[k], noise.get_mut(k), first + (k * LANES) as u64);
        if one.escaped {
            escaped.push(k);
        }
        done.join(one);
    }
    done
}

/// Advances one pack. A path that this machine lacks falls back to the scalar one: same bits.
pub(crate) fn pack<L: Land>(
    path: Path,
    s: &Step<'_, L>,
    pack: &mut Pack,
    noise: Option<&mut Noise>,
    first: u64,
) -> Done {
    #[cfg(target_arch = "x86_64")]
    if path == Path::Avx2 && Path::Avx2.is_available() {
        // SAFETY: the one requirement of a `target_feature` function is that the processor has the feature, and
        // `is_available` has just asked it.
        #[expect(unsafe_code, reason = "the dispatch that the layout allows")]
        return unsafe { pack_avx2(s, pack, noise, first) };
    }
    step(s, pack, noise, first)
}

/// Adds a pack to the sums of an output time.
pub(crate) fn add(path: Path, sums: &mut Sums, now: &Snapshot<'_>, pack: usize, from: [f32; 2]) -> [Lane; 3] {
    #[cfg(target_arch = "x86_64")]
    if path == Path::Avx2 && Path::Avx2.is_available() {
        // SAFETY: as above.
        #[expect(unsafe_code, reason = "the dispatch that the layout allows")]
        return unsafe { add_avx2(sums, now, pack, from) };
    }
    sums.add(now, pack, from)
}

/// [`Sums::add`] compiled for AVX2, likewise.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn add_avx2(sums: &mut Sums, now: &Snapshot<'_>, pack: usize, from: [f32; 2]) -> [Lane; 3] {
    sums.add(now, pack, from)
}

/// [`step`] compiled for AVX2: everything in it is `inline(always)`, so this is the same arithmetic in wider registers.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn pack_avx2<L: Land>(s: &Step<'_, L>, pack: &mut Pack, noise: Option<&mut Noise>, first: u64) -> Done {
    step(s, pack, noise, first)
}
