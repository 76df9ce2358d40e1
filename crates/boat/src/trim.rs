//! Heel and trim together: people who move forward, and the chamber that is lost somewhere along the boat.
//!
//! The prism of [`crate::hydrostatics`] spreads a lost chamber evenly along the boat. Here the chamber lies where it lies: the boat lists
//! and trims toward it, and the crown is lowest there. The sea's level rises along the boat by the trim, `zeta(x) = zeta_0 + theta x`
//! (Bonjean's way), and three balances are solved for `zeta_0`, heel and trim by Newton's method, the loss brought on in steps so that
//! the solution follows the boat down. The well is dry and free of water.

use crate::chambers::crown_height_m;
use crate::hull::{Hull, RHO_KG_M3};
use crate::load::Load;
use crate::section::Heel;
use crate::strips::{Bow, Strip, Strips};

/// How the boat lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attitude {
    /// Heel, rad, positive with starboard down.
    pub heel_rad: f64,
    /// Trim, rad, positive with the bow down.
    pub trim_rad: f64,
    /// Draught at the bow less draught at the stern, m.
    pub trim_m: f64,
    /// Lowest crown above the water, were the lost chamber's crown as high as a firm one, m.
    pub margin_m: f64,
    /// Lowest crown above the water with the crown of the lost chamber as low as it lies, m.
    pub margin_limp_m: f64,
    /// Where along the boat that is, m forward of the stern.
    pub lowest_x_m: f64,
}

/// What is asked of the strips.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disturbance {
    /// How far the common centre of the people lies forward of where the whole boat trims level, m.
    pub people_forward_m: f64,
    /// The chamber that is lost, counted along the tubes from the port stern round the bow to the starboard stern, if any.
    pub lost_chamber: Option<u32>,
    /// How far its crown sinks: 0 stiff, 1 limp (as [`crate::hull::HullSpec::limpness`]).
    pub limpness: f64,
}

/// Widest heel and trim that are followed, rad: 45 and 15 degrees.
const WIDEST: [f64; 2] = [std::f64::consts::FRAC_PI_4, std::f64::consts::FRAC_PI_6 / 2.0];
/// Steps in which a loss comes on.
const LOSS_STEPS: u32 = 12;

/// The attitude of a loaded hull after a disturbance; `None` where the boat sinks or goes over, or where a chamber of that number
/// does not exist.
#[must_use]
pub fn attitude(hull: &Hull, bow: Bow, load: &Load, disturbance: &Disturbance) -> Option<Attitude> {
    if disturbance.lost_chamber.is_some_and(|k| k >= hull.chambers) {
        return None;
    }
    let boat = Trimmed::new(hull, bow, load)?;
    let mut state = boat.level_start()?;
    let steps = if disturbance.lost_chamber.is_some() { LOSS_STEPS } else { 1 };
    for step in 1..=steps {
        let part = f64::from(step) / f64::from(steps);
        let shares = boat.shares(disturbance.lost_chamber, 1.0 - part);
        state = boat.solve(&shares, part * disturbance.people_forward_m, state)?;
    }
    Some(boat.describe(state, disturbance))
}

/// `[zeta_0, heel, trim]`.
type State = [f64; 3];

struct Trimmed<'a> {
    hull: &'a Hull,
    strips: Strips,
    volume_m3: f64,
    /// Share of the people in the whole mass.
    people_part: f64,
    /// Sideways and upward place of the common centre, m.
    centre: [f64; 2],
    /// Where it must lie along the boat for the whole boat to float without trim, m.
    balanced_x_m: f64,
}

impl<'a> Trimmed<'a> {
    fn new(hull: &'a Hull, bow: Bow, load: &Load) -> Option<Self> {
        let mass = load.dry_mass_kg(hull);
        if !(mass > 0.0 && mass.is_finite()) {
            return None;
        }
        let people_part = load.people_kg() / mass;
        Some(Self {
            hull,
            strips: Strips::new(hull, bow),
            volume_m3: mass / RHO_KG_M3,
            people_part,
            centre: [people_part * load.shift_m, load.dry_centre_m(hull)],
            balanced_x_m: 0.0,
        })
        .and_then(Self::balance)
    }

    /// Puts the centre where the boat as given (before the disturbance) floats without trim.
    fn balance(mut self) -> Option<Self> {
        let shares = self.shares(None, 1.0);
        let (mut low, mut high) = (-1.0, self.strips.section.top_m);
        let volume = |level: f64| self.displaced(&shares, [level, 0.0, 0.0]);
        if volume(high)[0] < self.volume_m3 {
            return None;
        }
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if volume(middle)[0] < self.volume_m3 {
                low = middle;
            } else {
                high = middle;
            }
        }
        let at = volume(high);
        self.balanced_x_m = at[2] / at[0];
        Some(self)
    }

    fn level_start(&self) -> Option<State> {
        let shares = self.shares(None, 1.0);
        self.solve(&shares, 0.0, [0.5 * self.strips.section.top_m, 0.0, 0.0])
    }

    /// Buoyant shares of the tubes in each strip, with the lost chamber at `left` of what it had.
    fn shares(&self, lost: Option<u32>, left: f64) -> Vec<[f64; 2]> {
        let own = [self.hull.share_port, self.hull.share_starboard];
        let share = |strip: &Strip, side: usize| {
            let hit = lost.is_some_and(|k| self.chamber(strip, side) == k);
            own[side] * if hit { left } else { 1.0 }
        };
        self.strips.strips.iter().map(|s| [share(s, 0), share(s, 1)]).collect()
    }

    /// Number of the chamber that a strip of one tube belongs to.
    fn chamber(&self, strip: &Strip, side: usize) -> u32 {
        let whole = 2.0 * self.strips.tube_length_m;
        // The foremost strips end both tubes: to port they belong to the chamber before the middle.
        let along = if side == 0 { strip.along_m * (1.0 - 1e-12) } else { whole - strip.along_m };
        let n = f64::from(self.hull.chambers);
        (along / whole * n).clamp(0.0, n - 1.0) as u32
    }

    /// Volume displaced and its moments `y'`, `x` and `z'`.
    fn displaced(&self, shares: &[[f64; 2]], [zeta, phi, theta]: State) -> [f64; 4] {
        let heel = Heel::new(phi);
        let mut sum = [0.0; 4];
        for (strip, [port, starboard]) in self.strips.strips.iter().zip(shares) {
            let cut = self.strips.cut(strip, heel, zeta + theta * strip.x_m);
            let here = cut.well.plus(*port, cut.tubes[0]).plus(*starboard, cut.tubes[1]);
            let area = strip.length_m * here.area_m2;
            sum[0] += area;
            sum[1] += strip.length_m * here.y_moment_m3;
            sum[2] += area * strip.x_m;
            sum[3] += strip.length_m * here.z_moment_m3;
        }
        sum
    }

    /// What is out of balance: volume, heeling moment, trimming moment, each for the volume.
    fn residual(&self, shares: &[[f64; 2]], forward_m: f64, state: State) -> [f64; 3] {
        let [volume, y, x, z] = self.displaced(shares, state);
        let centre = Heel::new(state[1]).to_earth(self.centre);
        let gravity_x = self.balanced_x_m + self.people_part * forward_m;
        let v = self.volume_m3;
        [
            volume / v - 1.0,
            y / v - centre[0],
            // With the bow down, what stands higher lies further forward.
            (x + state[2] * z) / v - gravity_x - state[2] * centre[1],
        ]
    }

    /// Derivatives of the residual by each part of the state.
    fn columns(&self, shares: &[[f64; 2]], forward_m: f64, state: State, residual: [f64; 3]) -> [[f64; 3]; 3] {
        const STEP: [f64; 3] = [1e-6, 1e-6, 1e-7];
        [0, 1, 2].map(|i| {
            let mut moved = state;
            moved[i] += STEP[i];
            let there = self.residual(shares, forward_m, moved);
            [0, 1, 2].map(|k| (there[k] - residual[k]) / STEP[i])
        })
    }

    fn solve(&self, shares: &[[f64; 2]], forward_m: f64, mut state: State) -> Option<State> {
        let mut residual = self.residual(shares, forward_m, state);
        for _ in 0..60 {
            let columns = self.columns(shares, forward_m, state, residual);
            if size(residual) < 1e-11 {
                // Deeper, further over and further by the bow, the sea must push back: otherwise it balances but does not rest.
                return (determinant(columns) > 0.0).then_some(state);
            }
            let step = solve_three(columns, residual)?;
            // No step over a tenth of a metre or radian: the section bends within less.
            let longest = step[0].abs().max(step[1].abs()).max(2.0 * step[2].abs());
            let mut factor = if longest > 0.1 { 0.1 / longest } else { 1.0 };
            loop {
                let next = [0, 1, 2].map(|i| state[i] - factor * step[i]);
                if next[1].abs() < WIDEST[0] && next[2].abs() < WIDEST[1] {
                    let there = self.residual(shares, forward_m, next);
                    if size(there) < size(residual) {
                        (state, residual) = (next, there);
                        break;
                    }
                }
                factor *= 0.5;
                if factor < 1e-6 {
                    return None;
                }
            }
        }
        None
    }

    fn describe(&self, state: State, disturbance: &Disturbance) -> Attitude {
        let [zeta, phi, theta] = state;
        let heel = Heel::new(phi);
        let tube = self.hull.tube_m;
        let own = [self.hull.share_port, self.hull.share_starboard];
        let (mut rigid, mut limp) = (f64::INFINITY, (f64::INFINITY, 0.0));
        for strip in &self.strips.strips {
            let level = zeta + theta * strip.x_m;
            for side in 0..2 {
                let sign = if side == 0 { -1.0 } else { 1.0 };
                let above = |crown: f64| heel.to_earth([sign * strip.crown_y_m, crown])[1] - level;
                let hit = disturbance.lost_chamber == Some(self.chamber(strip, side));
                let share = if hit { 0.0 } else { own[side] };
                rigid = rigid.min(above(tube));
                let margin = above(crown_height_m(tube, share, disturbance.limpness));
                if margin < limp.0 {
                    limp = (margin, strip.x_m);
                }
            }
        }
        let strips = &self.strips.strips;
        let length = strips.iter().map(|s| s.length_m).sum::<f64>();
        Attitude {
            heel_rad: phi,
            trim_rad: theta,
            trim_m: theta * length,
            margin_m: rigid,
            margin_limp_m: limp.0,
            lowest_x_m: limp.1,
        }
    }
}

fn size(r: [f64; 3]) -> f64 {
    r.iter().fold(0.0, |m, x| if x.abs() > m || x.is_nan() { x.abs() } else { m })
}

fn determinant([a, b, c]: [[f64; 3]; 3]) -> f64 {
    a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1])
}

/// Solves the three by three system with the given columns by Cramer's rule; `None` if it has no single solution.
fn solve_three([a, b, c]: [[f64; 3]; 3], right: [f64; 3]) -> Option<[f64; 3]> {
    let d = determinant([a, b, c]);
    let x = [[right, b, c], [a, right, c], [a, b, right]].map(|m| determinant(m) / d);
    x.iter().all(|x| x.is_finite()).then_some(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chambers::with_chamber_lost;
    use crate::hull::{Class, HullSpec};
    use crate::hydrostatics::{Condition, Well};

    const NOTHING: Disturbance = Disturbance { people_forward_m: 0.0, lost_chamber: None, limpness: 1.0 };

    fn medium() -> Hull {
        Hull::new(HullSpec::reference(Class::Medium)).unwrap()
    }

    fn load(people: f64) -> Load {
        Load { people, person_mass_kg: 70.0, people_centre_m: 0.65, shift_m: 0.0, water_m3: 0.0 }
    }

    /// Without a bow and without trim the strips are the prism.
    #[test]
    fn square_strips_are_the_prism() {
        for (port, starboard, shift) in [(1.0, 1.0, 0.0), (1.0, 0.75, 0.0), (0.6, 0.9, 0.05)] {
            let hull = medium().with_shares(port, starboard).unwrap();
            let load = Load { shift_m: shift, ..load(47.0) };
            let rest = Condition::new(&hull, &load, Well::Dry).unwrap().equilibrium().unwrap();
            let ours = attitude(&hull, Bow::Square, &load, &NOTHING).unwrap();
            assert!((ours.heel_rad - rest.heel_rad).abs() < 1e-8, "{ours:?} {rest:?}");
            assert!((ours.margin_m - rest.margin_m).abs() < 1e-8);
            assert!(ours.trim_rad.abs() < 1e-8);
        }
    }

    /// Reference figure: 20 people 1.5 m forward cost 8 cm (of freeboard at the bow; medium boat).
    #[test]
    fn twenty_people_forward_cost_eight_centimetres() {
        let (hull, load) = (medium(), load(60.0));
        let forward = Disturbance { people_forward_m: 1.5 * 20.0 / 60.0, ..NOTHING };
        let level = attitude(&hull, Bow::Square, &load, &NOTHING).unwrap();
        let trimmed = attitude(&hull, Bow::Square, &load, &forward).unwrap();
        let cost = level.margin_m - trimmed.margin_m;
        assert!((cost - 0.08).abs() < 0.01, "{cost}");
        assert!(trimmed.trim_m > 0.0 && trimmed.heel_rad.abs() < 1e-9);
        let round = attitude(&hull, Bow::Round, &load, &forward).unwrap();
        assert!(round.trim_m > trimmed.trim_m, "the bow bears less than the prism's end");
    }

    /// A chamber lost aft lists and trims by the stern, one lost forward by the bow; port and starboard mirror each other. One
    /// end sinks further than the prism says.
    #[test]
    fn a_lost_chamber_lists_and_trims_toward_itself() {
        let (hull, load) = (medium(), load(40.0));
        let lose = |k: u32| {
            let d = Disturbance { lost_chamber: Some(k), ..NOTHING };
            attitude(&hull, Bow::Round, &load, &d).unwrap()
        };
        let [port_aft, port_fore, fore, aft] = [0, 1, 2, 3].map(lose);
        assert!(port_aft.heel_rad < 0.0 && aft.heel_rad > 0.0);
        assert!(port_aft.trim_rad < 0.0 && port_fore.trim_rad > 0.0);
        for (p, s) in [(port_aft, aft), (port_fore, fore)] {
            assert!((p.heel_rad + s.heel_rad).abs() < 1e-7 && (p.trim_rad - s.trim_rad).abs() < 1e-7);
            assert!((p.margin_limp_m - s.margin_limp_m).abs() < 1e-7);
        }
        let prism = Condition::new(&with_chamber_lost(&hull), &load, Well::Dry).unwrap();
        assert!(aft.margin_m < prism.equilibrium().unwrap().margin_m);
        assert!(aft.margin_limp_m < aft.margin_m && aft.lowest_x_m < hull.effective_length_m / 2.0);
    }

    #[test]
    fn what_cannot_float_has_no_attitude() {
        let hull = medium();
        assert!(attitude(&hull, Bow::Round, &load(150.0), &NOTHING).is_none());
        let beyond = Disturbance { lost_chamber: Some(4), ..NOTHING };
        assert!(attitude(&hull, Bow::Round, &load(20.0), &beyond).is_none());
        let all = Hull::new(HullSpec { chambers: 1, ..HullSpec::reference(Class::Medium) }).unwrap();
        let lost = Disturbance { lost_chamber: Some(0), ..NOTHING };
        // The one chamber lost, only the dry well is left to float: with a heavy load it does not.
        assert!(attitude(&all, Bow::Round, &load(100.0), &lost).is_none());
    }
}
