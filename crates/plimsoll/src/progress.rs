//! A bar on standard error, on a terminal only.

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write as _;

/// Shows how many of a number of things are done.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for `total` of `what`; nothing is drawn where `quiet`, or where standard error is no terminal.
    pub fn new(total: u64, what: &'static str, quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let style = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} {msg}, {eta} left");
        let bar = ProgressBar::with_draw_target(Some(total), target).with_message(what);
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// So many are done of so many.
    pub fn set(&self, done: u64, of: u64) {
        self.0.set_length(of);
        self.0.set_position(done);
    }

    /// `count` more are done.
    pub fn add(&self, count: u64) {
        self.0.inc(count);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A line on standard error, unless `quiet`.
pub fn note(quiet: bool, what: std::fmt::Arguments<'_>) {
    if !quiet {
        // Nobody reads a closed standard error.
        let _ = std::io::stderr().lock().write_fmt(format_args!("{what}\n"));
    }
}

/// Text that is replaced while somebody looks on: on standard error, where both streams are a terminal.
pub struct Screen {
    terminal: Option<Term>,
    lines: usize,
}

impl Screen {
    /// A screen; nothing is ever shown where `silent`, or where nobody looks on.
    pub fn new(silent: bool) -> Self {
        let terminal = Term::stderr();
        let live = !silent && terminal.is_term() && Term::stdout().is_term();
        Self { terminal: live.then_some(terminal), lines: 0 }
    }

    /// Whether somebody looks on.
    pub fn is_live(&self) -> bool {
        self.terminal.is_some()
    }

    /// Shows `text` in place of what was shown before, as far down as the window reaches: what has left it cannot be replaced.
    pub fn show(&mut self, text: &str) {
        self.clear();
        let Some(terminal) = &self.terminal else {
            return;
        };
        let (rows, columns) = terminal.size();
        // the last rows are for the bar and the cursor
        let room = usize::from(rows).saturating_sub(3);
        let high = |l: &str| console::measure_text_width(l).div_ceil(usize::from(columns).max(1)).max(1);
        for line in text.lines() {
            let height = high(line);
            if self.lines + height > room || terminal.write_line(line).is_err() {
                break;
            }
            self.lines += height;
        }
    }

    /// Takes away what was shown.
    pub fn clear(&mut self) {
        if let Some(terminal) = &self.terminal {
            let _ = terminal.clear_last_lines(self.lines);
        }
        self.lines = 0;
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.clear();
    }
}
