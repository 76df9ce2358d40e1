//! Current and wind on the nodes of the plane at the instants that a step asks for.

use crate::plane::{Inverse, Plane};
use crate::run::Setup;
use crate::step::Scheme;
use plimsoll_sea::field::{FrameSource, Quantity};
use plimsoll_sea::grid::Window;
use plimsoll_sea::sampler::Shore;
use plimsoll_sea::set::{Fill, Onto, Set};

/// What a particle finds at a node, side by side: current east and north, wind east and north, and the plane's metric there.
pub(crate) type Node = [f32; 8];

/// The current on the plane at a node, columns and rows a second.
pub(crate) type Flow = [f32; 2];

/// The stages of a step. Only nodes near particles are filled.
pub(crate) struct Forcing {
    current: Onto,
    wind: Option<Onto>,
    stokes: Option<Onto>,
    steady: bool,
    /// The nodes that there are.
    part: Window,
    /// Stokes drift, before it is added to the current.
    added: Vec<[f32; 2]>,
    /// Start, middle, end; those that the scheme has no use for are empty.
    stages: [Vec<Node>; 3],
    wanted: [bool; 3],
    /// The current on the plane, if nothing else counts: a quarter of the numbers to look up for each particle.
    flows: Option<[Vec<Flow>; 3]>,
    /// Nodes of the stages that are filled.
    filled: Window,
}

impl Forcing {
    /// `windy` if anything ever feels the wind; `bare` if all goes with the current and nothing is drawn.
    pub(crate) fn new<S: FrameSource>(setup: &Setup, set: &Set<S>, windy: bool, bare: bool) -> Self {
        // Land is told by the coast, not by the grid: a particle between the last wet node and the shore goes on drifting. The holes
        // of the current's own grid come through and are met in the step.
        let fill = if setup.reference { Fill::Dilated } else { Fill::Shore(Shore::AnyWet) };
        let onto = |q| set.onto(q, fill);
        let current = onto(Quantity::Current);
        let wind = windy.then(|| onto(Quantity::Wind));
        let stokes = setup.stokes.then(|| onto(Quantity::Stokes));
        let steady = [Some(&current), wind.as_ref(), stokes.as_ref()].into_iter().flatten().all(Onto::is_steady);
        let wanted = [true, setup.scheme != Scheme::Euler && !steady, setup.scheme == Scheme::Rk4 && !steady];
        let (part, filled) = (Window::default(), Window::default());
        let flows = bare.then(Default::default);
        let stages = Default::default();
        Self { current, wind, stokes, steady, part, added: vec![], stages, wanted, flows, filled }
    }

    /// Takes on what the plane has worked out since.
    pub(crate) fn cover<S: FrameSource>(&mut self, set: &Set<S>, plane: &Plane) {
        self.part = *plane.part();
        let all = [Some(&mut self.current), self.wind.as_mut(), self.stokes.as_mut()];
        for onto in all.into_iter().flatten() {
            onto.cover(set, self.part, plane.places());
        }
        let node = |m: &Inverse| [0.0, 0.0, 0.0, 0.0, m[0], m[1], m[2], m[3]];
        for (stage, _) in self.stages.iter_mut().zip(self.wanted).filter(|(_, wanted)| *wanted) {
            *stage = plane.metric().iter().map(node).collect();
        }
        for flow in self.flows.iter_mut().flatten().zip(self.wanted).filter_map(|(f, wanted)| wanted.then_some(f)) {
            flow.resize(self.part.count(), [0.0; 2]);
        }
        self.added.resize(if self.stokes.is_some() { self.part.count() } else { 0 }, [0.0; 2]);
        self.filled = Window::default();
    }

    /// Fills the stages of a step of `step_ms` (negative backwards) that begins at `time_ms`, at least at the nodes asked for,
    /// and says which are filled.
    pub(crate) fn fill<S: FrameSource>(
        &mut self,
        set: &mut Set<S>,
        time_ms: f64,
        step_ms: f64,
        ask: &Window,
    ) -> Result<Window, S::Error> {
        if self.steady {
            // once and for all
            if self.filled != self.part {
                self.filled = self.part;
                self.stage(set, 0, time_ms)?;
            }
            return Ok(self.filled);
        }
        self.filled = *ask;
        for (which, share) in [0.0, 0.5, 1.0].into_iter().enumerate() {
            if self.wanted[which] {
                self.stage(set, which, time_ms + share * step_ms)?;
            }
        }
        Ok(self.filled)
    }

    fn stage<S: FrameSource>(&mut self, set: &mut Set<S>, which: usize, time_ms: f64) -> Result<(), S::Error> {
        let (stage, part) = (&mut self.stages[which], &self.filled);
        self.current.at(set, time_ms, part, stage, 0)?;
        if let Some(wind) = &mut self.wind {
            wind.at(set, time_ms, part, stage, 2)?;
        }
        if let Some(stokes) = &mut self.stokes {
            stokes.at(set, time_ms, part, &mut self.added, 0)?;
            for k in self.part.lines(part).flatten() {
                stage[k][0] += self.added[k][0];
                stage[k][1] += self.added[k][1];
            }
        }
        if let Some(flows) = &mut self.flows {
            for line in self.part.lines(part) {
                for (flow, [u, v, _, _, ce, cn, re, rn]) in flows[which][line.clone()].iter_mut().zip(&stage[line]) {
                    *flow = [ce * u + cn * v, re * u + rn * v];
                }
            }
        }
        Ok(())
    }

    /// The current on the plane, likewise; empty if anything else counts.
    pub(crate) fn flows(&self) -> [&[Flow]; 3] {
        match &self.flows {
            None => [&[]; 3],
            Some([a, _, _]) if self.steady => [a, a, a],
            Some([a, b, c]) => [a, b, c],
        }
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
