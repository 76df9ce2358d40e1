//! Current and wind on the nodes of the plane at the instants that a step asks for.

use crate::plane::{Node, Plane};
use crate::run::Setup;
use crate::step::Scheme;
use plimsoll_sea::field::{FrameSource, Quantity};
use plimsoll_sea::sampler::Shore;
use plimsoll_sea::set::{Fill, Onto, Set};

/// The stages of a step. Only rows near particles are filled.
pub(crate) struct Forcing {
    columns: usize,
    rows: usize,
    current: Onto,
    wind: Option<Onto>,
    stokes: Option<Onto>,
    steady: bool,
    buffer: [Vec<[f32; 2]>; 3],
    /// Start, middle, end.
    stages: [Vec<Node>; 3],
    /// Rows of the stages that are filled, and the instant of the first.
    filled: [i32; 2],
}

impl Forcing {
    pub(crate) fn new<S: FrameSource>(setup: &Setup, set: &Set<S>, plane: &Plane, windy: bool) -> Self {
        // Land is told by the coast, not by the grid: a particle between the last wet node and the shore goes on drifting. The holes
        // of the current's own grid come through and are met in the step.
        let fill = if setup.reference { Fill::Dilated } else { Fill::Shore(Shore::AnyWet) };
        let onto = |q| set.onto(q, plane.places(), fill);
        let current = onto(Quantity::Current);
        let wind = windy.then(|| onto(Quantity::Wind));
        let stokes = setup.stokes.then(|| onto(Quantity::Stokes));
        let steady = [Some(&current), wind.as_ref(), stokes.as_ref()].into_iter().flatten().all(Onto::is_steady);
        let [columns, rows] = plane.shape();
        let nodes = columns * rows;
        let stage = |wanted: bool| vec![[0.0; 4]; if wanted { nodes } else { 0 }];
        let middle = setup.scheme != Scheme::Euler && !steady;
        let end = setup.scheme == Scheme::Rk4 && !steady;
        Self {
            columns,
            rows,
            current,
            wind,
            stokes,
            steady,
            buffer: [(); 3].map(|()| vec![[0.0; 2]; nodes]),
            stages: [stage(true), stage(middle), stage(end)],
            filled: [0, 0],
        }
    }

    /// Fills the stages of a step of `step_ms` (negative backwards) that begins at `time_ms`, at least in the rows asked for,
    /// and says which rows are filled.
    pub(crate) fn fill<S: FrameSource>(
        &mut self,
        set: &mut Set<S>,
        time_ms: f64,
        step_ms: f64,
        scheme: Scheme,
        ask: [i32; 2],
    ) -> Result<[i32; 2], S::Error> {
        let rows = ask.map(|r| r.clamp(0, self.rows as i32));
        if self.steady {
            // once and for all
            if self.filled == [0, 0] {
                self.filled = [0, self.rows as i32];
                self.stage(set, 0, time_ms, self.filled)?;
            }
            return Ok(self.filled);
        }
        self.filled = rows;
        self.stage(set, 0, time_ms, rows)?;
        if scheme != Scheme::Euler {
            self.stage(set, 1, time_ms + 0.5 * step_ms, rows)?;
        }
        if scheme == Scheme::Rk4 {
            self.stage(set, 2, time_ms + step_ms, rows)?;
        }
        Ok(rows)
    }

    fn stage<S: FrameSource>(
        &mut self,
        set: &mut Set<S>,
        which: usize,
        time_ms: f64,
        rows: [i32; 2],
    ) -> Result<(), S::Error> {
        let part = rows[0] as usize * self.columns..rows[1] as usize * self.columns;
        if part.is_empty() {
            return Ok(());
        }
        let [a, b, c] = &mut self.buffer;
        let (a, b, c) = (&mut a[part.clone()], &mut b[part.clone()], &mut c[part.clone()]);
        self.current.part(set, time_ms, part.clone(), a)?;
        if let Some(wind) = &mut self.wind {
            wind.part(set, time_ms, part.clone(), b)?;
        }
        if let Some(stokes) = &mut self.stokes {
            stokes.part(set, time_ms, part.clone(), c)?;
            for (a, c) in a.iter_mut().zip(c.iter()) {
                *a = [a[0] + c[0], a[1] + c[1]];
            }
        }
        for ((node, a), b) in self.stages[which][part].iter_mut().zip(a.iter()).zip(b.iter()) {
            *node = [a[0], a[1], b[0], b[1]];
        }
        Ok(())
    }

    /// Start, middle and end.
    pub(crate) fn stages(&self) -> [&[Node]; 3] {
        let [a, b, c] = &self.stages;
        if self.steady { [a, a, a] } else { [a, b, c] }
    }

    /// The start of the step.
    pub(crate) fn now(&self) -> &[Node] {
        &self.stages[0]
    }
}
