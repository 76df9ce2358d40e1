//! Cross curves of stability as a table: one look-up serves one lane of the roll kernel.
//!
//! For one dry mass the table holds the righting moment about the lowest point of the section, without the height of the centre of
//! gravity, in kg m:
//!
//! `K(phi, V) = Delta KN(phi; Delta) - rho V y_w(phi, V)`, `Delta = m + rho V`,
//!
//! over heel and water aboard. The lever of a crowd, standing or shifting, is then `-m (KG sin(phi) + y cos(phi))`, which costs no table.
//!
//! **Beyond crown immersion** the well stays a box with a lid at the line of the crowns, both for what it displaces and
//! for the water in it. A roll of a second that puts a crown under does not empty the well of its buoyancy: water comes over
//! the crown at a finite rate, the kernel adds it to `V`, and `V` alone says how far the well has filled. So `K` is continuous in
//! both arguments. It follows that the table says nothing about a boat swamped for good: beyond
//! [`StabilityTable::critical_water_m3`] the boat is lost to swamping and `K` is not asked.
//!
//! The cut sections are sliced into thin layers once per heel, whose running sums are inverted for every volume of water. Negative
//! heels are the mirror image with the shares of the tubes exchanged.

use crate::hull::{Hull, RHO_KG_M3};
use crate::hydrostatics::{Body, Condition, HydrostaticsError, Well};
use crate::section::{Heel, WellLines, segment};
use std::sync::LazyLock;

/// Cells of heel: 2 degrees each, from -64 to 64 degrees.
pub const HEEL_CELLS: usize = 64;
/// Cells of water aboard.
pub const WATER_CELLS: usize = 16;
/// Width of a cell of heel, rad.
pub const HEEL_STEP_RAD: f64 = std::f64::consts::PI / 90.0;

/// Nodes of heel on one side, upright among them.
const HEELS: usize = HEEL_CELLS / 2 + 1;
/// Nodes of water aboard.
const WATERS: usize = WATER_CELLS + 1;
/// Layers of the section, about: each of the intervals between corners takes at least one more.
const LAYERS: usize = 96;
/// Room for the nodes between layers.
const NODES: usize = LAYERS + 16;
/// The shortest water axis, m3, so that a boat about to sink still has cells of some width.
const LEAST_WATER_M3: f64 = 1e-3;

/// Righting moments of one hull with one dry mass, over heel and water aboard, with the figures of the upright boat
/// that its motion and flooding need.
#[derive(Clone, Debug, PartialEq)]
pub struct StabilityTable {
    /// Bilinear coefficients `[k0, k_heel, k_water, k_both]` of each cell, heel-major: `K = k0 + k_heel u + k_water v + k_both u v`,
    /// `u` and `v` from 0 to 1 across the cell, kg m. `HEEL_CELLS * WATER_CELLS` of them.
    pub cells: Vec<[f32; 4]>,
    /// Heel at the first edge, rad: -64 degrees.
    pub heel_min_rad: f32,
    /// Width of a cell of heel, rad.
    pub heel_step_rad: f32,
    /// Width of a cell of water aboard, m3.
    pub water_step_m3: f32,
    /// Water aboard at which the still sea reaches the lower crown of the upright boat, or the well is full up to it, m3. Zero
    /// if the crown is awash without any.
    pub critical_water_m3: f32,
    /// Mass of hull and people, kg.
    pub dry_mass_kg: f32,
    /// Height of the port crown above still water, upright and without water aboard, m: limp crowns as they stand, less half the
    /// trim, for the low end is where water comes over first.
    pub freeboard_port_m: f32,
    /// The same for the starboard crown.
    pub freeboard_starboard_m: f32,
    /// Height of the transom's edge above still water, m, at the stern as trimmed.
    pub freeboard_transom_m: f32,
    /// Loss of freeboard per volume of water aboard, 1/m2: the secant from none to the critical volume.
    pub sink_m_per_m3: f32,
    /// Sideways distance of the crowns from the centre line, m: `b = (W - D) / 2`.
    pub crown_offset_m: f32,
    /// Length of a side over which water comes, m: the effective length.
    pub side_length_m: f32,
    /// Mean plan area of the well, its volume over its depth, m2.
    pub well_area_m2: f32,
    /// Height of the floor, as it hangs, above the lowest point of the tubes, m.
    pub floor_m: f32,
    /// Draught upright without water aboard, m.
    pub draught_m: f32,
    /// Area of the waterplane there, tubes by shares and well, m2.
    pub water_plane_m2: f32,
    /// Height of the metacentre above the lowest point of the tubes, `KB + BM`, upright without water aboard, m: `GM = KM - KG`.
    pub km_m: f32,
}

impl StabilityTable {
    /// The table of a hull with a dry mass (hull and people), without the hull's trim.
    ///
    /// Against the direct solution the righting lever is met within the bounds that the tests of this module state.
    ///
    /// # Errors
    /// [`HydrostaticsError`] if that mass does not float or is no mass.
    pub fn build(hull: &Hull, dry_mass_kg: f64) -> Result<Self, HydrostaticsError> {
        let body = hull.body(Well::Dry);
        let upright = Condition::of_body(body, dry_mass_kg, [0.0; 2], 0.0)?;
        let water = WaterAxis::of(&body, dry_mass_kg);
        let step = water.end_m3 / WATER_CELLS as f64;
        let areas = Areas { dry: dry_mass_kg / (RHO_KG_M3 * body.length_m), step: step / body.length_m };
        let nodes = moments(&body, &areas);

        let draught = upright.draught_m();
        let chords = body.section.chords(Heel::UPRIGHT, draught);
        let chord = body.shares[0] * chords.port_m + body.shares[1] * chords.starboard_m + chords.well_m;
        let freeboard = body.crowns_m.map(|crown| crown - draught - 0.5 * hull.trim_m.abs());
        let depth = body.section.top_m - body.section.floor_m;
        Ok(Self {
            cells: coefficients(&nodes, RHO_KG_M3 * body.length_m),
            heel_min_rad: (-(HEEL_CELLS as f64) / 2.0 * HEEL_STEP_RAD) as f32,
            heel_step_rad: HEEL_STEP_RAD as f32,
            water_step_m3: step as f32,
            critical_water_m3: water.critical_m3 as f32,
            dry_mass_kg: dry_mass_kg as f32,
            freeboard_port_m: freeboard[0] as f32,
            freeboard_starboard_m: freeboard[1] as f32,
            freeboard_transom_m: (hull.transom_height_m - draught + 0.5 * hull.trim_m) as f32,
            sink_m_per_m3: water.sink_m_per_m3 as f32,
            crown_offset_m: body.section.half_spacing_m as f32,
            side_length_m: body.length_m as f32,
            well_area_m2: (body.well_m3() / depth) as f32,
            floor_m: body.section.floor_m as f32,
            draught_m: draught as f32,
            water_plane_m2: (chord * body.length_m) as f32,
            km_m: upright.gm_m() as f32,
        })
    }

    /// The righting moment at a heel (rad) with water aboard (m3), kg m, both clamped to the table: the kernel's look-up in plain form.
    #[must_use]
    pub fn moment_kg_m(&self, heel_rad: f32, water_m3: f32) -> f32 {
        let x = ((heel_rad - self.heel_min_rad) / self.heel_step_rad).clamp(0.0, HEEL_CELLS as f32);
        let y = (water_m3 / self.water_step_m3).clamp(0.0, WATER_CELLS as f32);
        let (i, j) = ((x as usize).min(HEEL_CELLS - 1), (y as usize).min(WATER_CELLS - 1));
        let (u, v) = (x - i as f32, y - j as f32);
        let [k, k_heel, k_water, k_both] = self.cells[i * WATER_CELLS + j];
        k + k_heel * u + v * (k_water + k_both * u)
    }

    /// The righting lever, m, with the dry mass centred at height `kg_m` and `shift_m` to starboard.
    #[must_use]
    pub fn gz_m(&self, heel_rad: f32, water_m3: f32, kg_m: f32, shift_m: f32) -> f32 {
        let heel = Heel::new(f64::from(heel_rad));
        let gravity = self.dry_mass_kg * (kg_m * heel.sin as f32 + shift_m * heel.cos as f32);
        (self.moment_kg_m(heel_rad, water_m3) - gravity) / (self.dry_mass_kg + RHO_KG_M3 as f32 * water_m3)
    }
}

/// How much water the table reaches, and where the boat is lost to it.
struct WaterAxis {
    /// End of the axis, m3: the sea at the line of the crowns, or the well full.
    end_m3: f64,
    critical_m3: f64,
    sink_m_per_m3: f64,
}

impl WaterAxis {
    fn of(body: &Body, dry_mass_kg: f64) -> Self {
        // Water aboard that brings the sea up to a level, if the well holds that much below it.
        let until = |level: f64| {
            let cut = body.section.cut(Heel::UPRIGHT, level);
            let floats = body.length_m * body.displaced(&cut).area_m2 - dry_mass_kg / RHO_KG_M3;
            floats.min(body.length_m * cut.well.area_m2).max(0.0)
        };
        let critical_m3 = until(body.crowns_m[0].min(body.crowns_m[1]));
        let end_m3 = until(body.section.top_m).max(LEAST_WATER_M3).min(body.well_m3());
        let level = |water_m3: f64| body.level(Heel::UPRIGHT, (dry_mass_kg / RHO_KG_M3 + water_m3) / body.length_m);
        let span = critical_m3.max(LEAST_WATER_M3.min(end_m3));
        Self { end_m3, critical_m3, sink_m_per_m3: (level(span) - level(0.0)) / span }
    }
}

/// Immersed areas of the section along the water axis, m2.
struct Areas {
    dry: f64,
    step: f64,
}

/// `K / (rho L)` at every node, m3, heel-major.
fn moments(body: &Body, areas: &Areas) -> Vec<[f64; WATERS]> {
    let mut nodes = vec![[0.0; WATERS]; HEEL_CELLS + 1];
    let middle = HEEL_CELLS / 2;
    let [port, starboard] = body.shares;
    for i in 0..HEELS {
        let layers = Layers::slice(body, Heel::new(i as f64 * HEEL_STEP_RAD));
        nodes[middle + i] = layers.moments(port, starboard, areas);
        if i > 0 {
            // A boat heeled to port is the mirror image of one with its tubes exchanged, heeled to starboard.
            nodes[middle - i] = if port == starboard {
                nodes[middle + i].map(|k| -k)
            } else {
                layers.moments(starboard, port, areas).map(|k| -k)
            };
        }
    }
    nodes
}

fn coefficients(nodes: &[[f64; WATERS]], kg_per_m2: f64) -> Vec<[f32; 4]> {
    let mut cells = Vec::with_capacity(HEEL_CELLS * WATER_CELLS);
    for pair in nodes.windows(2) {
        for j in 0..WATER_CELLS {
            let [k00, k01, k10, k11] = [pair[0][j], pair[0][j + 1], pair[1][j], pair[1][j + 1]].map(|k| k * kg_per_m2);
            cells.push([k00, k10 - k00, k01 - k00, k11 - k10 - k01 + k00].map(|k| k as f32));
        }
    }
    cells
}

/// Running sums over layers at one heel: whole tubes and the well, apart from each other.
struct Layers {
    len: usize,
    port: [f64; NODES],
    starboard: [f64; NODES],
    well: [f64; NODES],
    well_moment: [f64; NODES],
    /// `y'` of the centres of the tubes.
    tubes_y: [f64; 2],
}

impl Layers {
    fn slice(body: &Body, heel: Heel) -> Self {
        let section = &body.section;
        let centres = section.centres(heel);
        let [low, high] = section.span(heel);
        // The chord of the well bends where a level passes a corner: nodes lie there, and between them it is smooth.
        let mut bends = [low, high, 0.0, 0.0, 0.0, 0.0];
        for (b, c) in bends[2..].iter_mut().zip(section.corners(heel)) {
            *b = c[1];
        }
        bends.sort_by(f64::total_cmp);

        let mut layers = Self {
            len: 1,
            port: [0.0; NODES],
            starboard: [0.0; NODES],
            well: [0.0; NODES],
            well_moment: [0.0; NODES],
            tubes_y: [centres[0][0], centres[1][0]],
        };
        let (density, lines) = (LAYERS as f64 / (high - low), WellLines::new(section, heel));
        for bend in bends.windows(2) {
            let thickness = bend[1] - bend[0];
            if thickness <= 1e-12 {
                continue;
            }
            let count = (thickness * density).ceil();
            let dz = thickness / count;
            for k in 0..count as usize {
                let [chord, moment] = lines.chord(bend[0] + (k as f64 + 0.5) * dz);
                let level = bend[0] + (k as f64 + 1.0) * dz;
                let n = layers.len;
                layers.port[n] = tube_area(section.radius_m, level - centres[0][1]);
                layers.starboard[n] = tube_area(section.radius_m, level - centres[1][1]);
                layers.well[n] = layers.well[n - 1] + chord * dz;
                layers.well_moment[n] = layers.well_moment[n - 1] + moment * dz;
                layers.len += 1;
            }
        }
        layers
    }

    /// `K / (rho L)` at each node of the water axis for these shares of the tubes.
    fn moments(&self, share_port: f64, share_starboard: f64, areas: &Areas) -> [f64; WATERS] {
        let [port, starboard] = self.tubes_y;
        let sea = |n: usize| {
            let (p, s) = (share_port * self.port[n], share_starboard * self.starboard[n]);
            [p + s + self.well[n], p * port + s * starboard + self.well_moment[n]]
        };
        let aboard = |n: usize| [self.well[n], self.well_moment[n]];
        let mut out = [0.0; WATERS];
        let (mut at_sea, mut at_aboard) = (1, 1);
        for (j, k) in out.iter_mut().enumerate() {
            let water = j as f64 * areas.step;
            *k = self.moment_at(sea, &mut at_sea, areas.dry + water) - self.moment_at(aboard, &mut at_aboard, water);
        }
        out
    }

    /// The moment below the level at which `sums` reach `area`, from the layer `from` upward.
    fn moment_at(&self, sums: impl Fn(usize) -> [f64; 2], from: &mut usize, area: f64) -> f64 {
        while *from + 1 < self.len && sums(*from)[0] < area {
            *from += 1;
        }
        let ([a0, m0], [a1, m1]) = (sums(*from - 1), sums(*from));
        let part = if a1 > a0 { ((area - a0) / (a1 - a0)).clamp(0.0, 1.0) } else { 0.0 };
        m0 + part * (m1 - m0)
    }
}

/// Steps of the look-up of circle segments.
const SEGMENT_STEPS: usize = 1024;

/// Segments of the unit circle by depth, 0 to 2: an arc cosine for each layer and tube would cost as much as all the rest.
static SEGMENTS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let area = |i| segment([0.0; 2], 1.0, 2.0 * i as f64 / SEGMENT_STEPS as f64 - 1.0).area_m2;
    (0..=SEGMENT_STEPS + 1).map(|i| area(i.min(SEGMENT_STEPS))).collect()
});

/// Area of a tube below a level `above_m` over its centre, m2; linear between 1024 steps.
fn tube_area(radius_m: f64, above_m: f64) -> f64 {
    let x = ((above_m / radius_m + 1.0) * (0.5 * SEGMENT_STEPS as f64)).clamp(0.0, SEGMENT_STEPS as f64);
    let i = x as usize;
    let part = x - i as f64;
    radius_m * radius_m * (SEGMENTS[i] + part * (SEGMENTS[i + 1] - SEGMENTS[i]))
}

#[cfg(test)]
mod tests;
