//! What a particle is as time goes by: its class, its side of downwind, and when either changes.

use crate::category::Leeway;
use crate::ledger;
use crate::leeway::{Coefficients, Residual, Side};
use crate::noise::OUTER;
use crate::state::{BEGAN_LEFT, IS_LEFT, LANES, Lane, Pack};
use plimsoll_core::belief::Belief;
use plimsoll_core::maths::log1p;
use plimsoll_core::random::{Purpose, Stream};

/// What drifts: a class whose leeway is known, or one that is believed.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// A class of the published list, or any other regression.
    Known(Leeway),
    /// One regression for each of the 256 outer draws of what is not known.
    Believed(Box<[Leeway; OUTER]>),
    /// Goes with the water: no leeway at all.
    Water,
}

impl Object {
    /// The leeway of particle `id`.
    #[must_use]
    pub fn leeway(&self, id: u64) -> Leeway {
        match self {
            Self::Known(l) => *l,
            Self::Believed(all) => all[id as usize % OUTER],
            Self::Water => Leeway::default(),
        }
    }
}

/// When something happens to each particle.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    /// Hours after what it was before began (its release, or the change before), drawn for each.
    Hours(Belief),
    /// Hours after its release, listed for each.
    Each(Vec<f64>),
    /// Never: what follows is there for particles that enter the water as it.
    Never,
}

/// A later part of a particle's life: from then on it drifts as another class.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// When.
    pub after: After,
    /// What it becomes.
    pub object: Object,
}

/// Classes, sides and their changes for a whole run.
pub(crate) struct Life<'a> {
    pub stream: Stream,
    pub objects: Vec<&'a Object>,
    pub changes: &'a [Change],
    /// Jibes a second.
    pub jibe_rate: f64,
    pub reference: bool,
    /// Share of the standard error that differs between objects, for each outer draw.
    between: [f64; OUTER],
    /// Share that fluctuates.
    within: [f64; OUTER],
}

impl<'a> Life<'a> {
    pub(crate) fn new(
        first: &'a Object,
        changes: &'a [Change],
        jibe_per_hour: f64,
        reference: bool,
        seed: u64,
    ) -> Self {
        let phi = if reference { [0.0; OUTER] } else { ledger::outer("leeway.fluctuating_share", seed) };
        Self {
            stream: Stream::new(seed),
            objects: std::iter::once(first).chain(changes.iter().map(|c| &c.object)).collect(),
            changes,
            jibe_rate: -log1p(-jibe_per_hour) / 3600.0,
            reference,
            between: phi.map(|p: f64| (1.0 - p).sqrt()),
            within: phi.map(f64::sqrt),
        }
    }

    /// Fluctuating residuals, m/s, lane by lane: for each class, for each sixteenth of the outer draws.
    pub(crate) fn fluctuation(&self) -> Vec<[Lane; 3]> {
        let mut out = vec![];
        for object in &self.objects {
            for group in 0..OUTER / LANES {
                let mut lanes = [[0.0; LANES]; 3];
                for l in 0..LANES {
                    let outer = group * LANES + l;
                    let leeway = object.leeway(outer as u64);
                    for (k, line) in [leeway.downwind, leeway.right, leeway.left].iter().enumerate() {
                        lanes[k][l] = (line.error_m_s * self.within[outer]) as f32;
                    }
                }
                out.push(lanes);
            }
        }
        out
    }

    /// The side on which a particle begins: every other one; in blocks of 256 the other way round, so that no outer draw
    /// knows one side alone.
    pub(crate) fn side(&self, id: u64) -> u8 {
        let left = if self.reference { id & 1 } else { (id ^ id >> 8) & 1 };
        if left == 1 { BEGAN_LEFT | IS_LEFT } else { 0 }
    }

    /// Time to the next jibe from an address, s.
    pub(crate) fn wait_s(&self, id: u64, step: u32) -> f32 {
        if self.jibe_rate <= 0.0 {
            return f32::INFINITY;
        }
        let wait = self.stream.exponential(id, step, Purpose::Jibe, 0) / self.jibe_rate;
        wait as f32
    }

    /// When particle `id`, released at `release_s`, leaves class `class`, which it has been since `since_s`.
    pub(crate) fn change_s(&self, id: u64, class: usize, release_s: f32, since_s: f32) -> f32 {
        let Some(change) = self.changes.get(class) else { return f32::INFINITY };
        let (from_s, hours) = match &change.after {
            After::Each(all) => (release_s, all[id as usize]),
            After::Never => return f32::INFINITY,
            After::Hours(belief) => {
                (since_s, belief.quantile(self.stream.uniform(id, 0, Purpose::DriftLife, class as u32)))
            }
        };
        from_s + (hours * 3600.0) as f32
    }

    /// Puts the leeway of a lane's class and side into its columns.
    pub(crate) fn dress(&self, pack: &mut Pack, l: usize, id: u64) {
        let class = pack.class[l];
        let leeway = self.objects[class as usize].leeway(id);
        let share = self.between[id as usize % OUTER];
        let residual = Residual::draw(&self.stream, id, u32::from(class), &leeway.downwind, share);
        let side = |bit: u8| if pack.side[l] & bit == 0 { Side::Right } else { Side::Left };
        let (began, now) = (side(BEGAN_LEFT), side(IS_LEFT));
        let c = if self.reference {
            Coefficients::of_reference(&leeway, residual, began, now)
        } else {
            Coefficients::of(&leeway, residual, began, now)
        };
        pack.down_slope[l] = c.down_slope;
        pack.down_offset[l] = c.down_offset;
        pack.cross_slope[l] = c.cross_slope;
        pack.cross_offset[l] = c.cross_offset;
    }

    /// Carries out the jibes and changes that are due at the beginning of a step: those nearer to it than to the next one. The
    /// reference model jibes at the end of the step in which it falls, and then waits anew.
    pub(crate) fn turn(&self, pack: &mut Pack, first: u64, step: u32, now_s: f32, step_s: f32) {
        let due = if self.reference { now_s } else { now_s + 0.5 * step_s };
        let mut any = 0_u32;
        for l in 0..LANES {
            any |= u32::from((pack.jibe[l] < due) | (pack.change[l] < due));
        }
        if any == 0 {
            return;
        }
        for l in 0..LANES {
            let id = first + l as u64;
            let mut altered = false;
            while pack.change[l] < due {
                pack.class[l] += 1;
                pack.change[l] = self.change_s(id, pack.class[l] as usize, pack.release[l], pack.change[l]);
                altered = true;
            }
            if pack.jibe[l] < due {
                pack.side[l] ^= IS_LEFT;
                let from = if self.reference { now_s } else { pack.jibe[l].max(now_s - 0.5 * step_s) };
                pack.jibe[l] = from + self.wait_s(id, step + 1);
                altered = true;
            }
            if altered {
                self.dress(pack, l, id);
            }
        }
    }
}
