//! The state of a run between two steps, as bytes: what must be kept so that it can go on another day and end with the same bits.
//! Random numbers are pure functions of their addresses, so that particles and the number of the step are all of it.

use crate::run::RunError;
use crate::state::{LANES, Noise, Pack, Status};

/// Where a run stands: before the step `number` and before that instant is shown to anybody.
pub struct State<'a> {
    pub(crate) number: u32,
    pub(crate) packs: &'a [Pack],
    pub(crate) noise: &'a [Noise],
}

/// A state that was kept.
#[derive(Clone, Debug)]
pub struct Kept {
    number: u32,
    packs: Vec<Pack>,
    noise: Vec<Noise>,
}

/// Bytes of sixteen particles, and of their processes.
const PACK: usize = LANES * (9 * 4 + 2 + 2);
const NOISE: usize = LANES * 6 * 4;

impl State<'_> {
    /// The state as bytes, little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(12 + self.packs.len() * PACK + self.noise.len() * NOISE);
        for n in [self.number, self.packs.len() as u32, self.noise.len() as u32] {
            out.extend(n.to_le_bytes());
        }
        for p in self.packs {
            out.extend([p.x, p.y].iter().flatten().flat_map(|v| v.to_le_bytes()));
            let lanes = [p.down_slope, p.down_offset, p.cross_slope, p.cross_offset, p.release, p.jibe, p.change];
            out.extend(lanes.iter().flatten().flat_map(|v| v.to_le_bytes()));
            out.extend(p.class.iter().flat_map(|v| v.to_le_bytes()));
            out.extend([p.side, p.status].iter().flatten());
        }
        for n in self.noise {
            out.extend(n.0.iter().flatten().flat_map(|v| v.to_le_bytes()));
        }
        out
    }
}

/// Bytes that are taken one number after the other.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (now, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*now)
    }

    fn lane<T: Copy + Default, const N: usize>(&mut self, of: fn([u8; N]) -> T) -> Option<[T; LANES]> {
        let mut out = [T::default(); LANES];
        for v in &mut out {
            *v = of(self.take()?);
        }
        Some(out)
    }

    fn pack(&mut self) -> Option<Pack> {
        Some(Pack {
            x: self.lane(i32::from_le_bytes)?,
            y: self.lane(i32::from_le_bytes)?,
            down_slope: self.lane(f32::from_le_bytes)?,
            down_offset: self.lane(f32::from_le_bytes)?,
            cross_slope: self.lane(f32::from_le_bytes)?,
            cross_offset: self.lane(f32::from_le_bytes)?,
            release: self.lane(f32::from_le_bytes)?,
            jibe: self.lane(f32::from_le_bytes)?,
            change: self.lane(f32::from_le_bytes)?,
            class: self.lane(u16::from_le_bytes)?,
            side: self.lane(u8::from_le_bytes)?,
            status: self.lane(u8::from_le_bytes)?,
        })
    }

    fn noise(&mut self) -> Option<Noise> {
        let mut out = Noise([[0.0; LANES]; 6]);
        for lane in &mut out.0 {
            *lane = self.lane(f32::from_le_bytes)?;
        }
        Some(out)
    }
}

impl Kept {
    /// The state that [`State::to_bytes`] wrote; `None` where the bytes are none.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        let [number, packs, noise] = [bytes.take()?, bytes.take()?, bytes.take()?].map(u32::from_le_bytes);
        // said before anything is set aside for it
        if packs as usize * PACK + noise as usize * NOISE != bytes.0.len() {
            return None;
        }
        let packs = (0..packs).map(|_| bytes.pack()).collect::<Option<_>>()?;
        let noise = (0..noise).map(|_| bytes.noise()).collect::<Option<_>>()?;
        Some(Self { number, packs, noise })
    }

    /// The step before which the run stands.
    #[must_use]
    pub fn step(&self) -> u32 {
        self.number
    }

    /// Puts a run of `steps` steps and `classes` classes where it was; the step with which it goes on.
    pub(crate) fn restore<E>(
        &self,
        packs: &mut [Pack],
        noise: &mut [Noise],
        steps: u32,
        classes: usize,
    ) -> Result<u32, RunError<E>> {
        let known = |p: &Pack| {
            p.class.iter().all(|c| usize::from(*c) < classes) && p.status.iter().all(|s| *s <= Status::Missing as u8)
        };
        let same = (packs.len(), noise.len()) == (self.packs.len(), self.noise.len());
        if !same || self.number > steps || !self.packs.iter().all(known) {
            return Err(RunError::Kept);
        }
        packs.clone_from_slice(&self.packs);
        noise.copy_from_slice(&self.noise);
        Ok(self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_comes_back_to_the_bit_and_no_part_of_one_does() {
        let mut pack = Pack::EMPTY;
        for l in 0..LANES {
            (pack.x[l], pack.y[l], pack.class[l]) = (l as i32 - 8, i32::MAX - l as i32, 300 + l as u16);
            (pack.down_slope[l], pack.cross_offset[l], pack.jibe[l]) = (0.1 * l as f32, -1e-30, f32::INFINITY);
            (pack.side[l], pack.status[l]) = (l as u8 % 4, l as u8 % 4);
        }
        let (packs, noise) = (vec![pack, Pack::EMPTY], vec![Noise([[0.25; LANES]; 6])]);
        let bytes = State { number: 77, packs: &packs, noise: &noise }.to_bytes();
        let kept = Kept::of(&bytes).unwrap();
        assert_eq!(kept.step(), 77);
        assert_eq!(State { number: kept.number, packs: &kept.packs, noise: &kept.noise }.to_bytes(), bytes);
        for end in [0, 5, 11, 12, bytes.len() - 1] {
            assert!(Kept::of(&bytes[..end]).is_none(), "{end} bytes");
        }
        // another run: fewer particles, fewer steps, fewer classes
        let restore = |packs: usize, steps, classes| {
            let mut room = vec![Pack::EMPTY; packs];
            kept.restore::<()>(&mut room, &mut [Noise([[0.0; LANES]; 6])], steps, classes).is_ok()
        };
        assert!(restore(2, 77, 316) && !restore(1, 77, 316) && !restore(2, 76, 316) && !restore(2, 77, 315));
    }
}
