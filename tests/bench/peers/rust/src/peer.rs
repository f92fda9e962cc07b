//! Answers what is asked of one engine: `check`, the names of works, and `memory`.

use std::io::stdin;
use std::path::Path;

use serde_json::{json, Value};

use crate::engine::{Engine, Format, Updates};
use crate::input::{Folder, Trace};
use crate::measure::{cpu_ms, peak_resident_mb, resident_mb, start_peak, SHORTEST_MS};

/// Runs a work until it has taken long enough. What it leaves is freed while the clock stands.
/// Returns the last result, and the answer.
fn measure<T>(mut run: impl FnMut() -> (T, usize)) -> (T, Value) {
    let mut ms = 0.0;
    let mut count = 0.0;
    loop {
        let start = cpu_ms();
        let (result, bytes) = run();
        ms += cpu_ms() - start;
        count += 1.0;
        if ms >= SHORTEST_MS {
            return (result, json!({ "ms": ms / count, "bytes": bytes }));
        }
    }
}

/// Of Cowrite for engines that read Yjs's bytes, of the engine itself for the others.
fn state_file<E: Engine>(engine: &str, format: Format) -> String {
    match (E::READS_YJS, format) {
        (true, Format::V1) => "state.v1".to_owned(),
        (true, Format::V2) => "state.v2".to_owned(),
        (false, _) => format!("state.rust-{engine}"),
    }
}

/// A trace, and what is made of it when a work first needs it.
struct Input<E: Engine> {
    engine: String,
    folder: Folder,
    trace: Trace,
    text: String,
    updates: Option<Vec<Vec<u8>>>,
    document: Option<E::Document>,
}

impl<E: Engine> Input<E> {
    fn new(folder: Folder, engine: &str) -> Self {
        Input {
            engine: engine.to_owned(),
            trace: folder.trace(),
            text: folder.text(),
            folder,
            updates: None,
            document: None,
        }
    }

    /// Few engines let a replica change its client, and most would replay a hundred times for
    /// minutes.
    fn is_replayed(&self) -> bool {
        !self.trace.at_once && self.trace.writers == 1 && self.trace.repetitions == 1
    }

    /// Where writers did not know of each other, an engine with updates of its own has an order of
    /// its own.
    fn check(&self, document: &E::Document) {
        let text = E::text(document);
        let same = if self.trace.at_once && !E::READS_YJS {
            text.len() == self.text.len()
        } else {
            text == self.text
        };
        assert!(same, "another text comes out");
    }

    fn make_updates(&self) -> Vec<Vec<u8>> {
        if E::READS_YJS {
            return self.folder.updates();
        }
        if self.is_replayed() {
            let updates = Updates::kept();
            E::replay(&self.trace, Some(&updates));
            return updates.into_kept();
        }
        if self.trace.repetitions > 1 {
            return Vec::new();
        }
        E::updates_of_writers(&self.trace)
    }

    fn prepare_updates(&mut self) {
        if self.updates.is_none() {
            self.updates = Some(self.make_updates());
        }
    }

    fn apply(&self) -> E::Document {
        E::apply(self.updates.as_ref().expect("prepared updates"))
    }

    fn state(&mut self, format: Format) -> Vec<u8> {
        let file = state_file::<E>(&self.engine, format);
        if !self.folder.has(&file) {
            self.prepare_document();
            let document = self.document.as_mut().expect("a prepared document");
            let state = E::encode(document, format);
            self.folder.write(&file, &state);
        }
        self.folder.read(&file)
    }

    /// Has it all, and has written it where it can: a loaded one may keep the bytes it came from.
    fn prepare_document(&mut self) {
        if self.document.is_some() {
            return;
        }
        let document = if E::READS_YJS && !self.is_replayed() {
            E::load(&self.state(Format::V1), Format::V1)
        } else if self.trace.writers > 1 {
            self.prepare_updates();
            self.apply()
        } else {
            E::replay(&self.trace, None)
        };
        self.check(&document);
        self.document = Some(document);
    }

    fn local(&self, with_updates: bool) -> Option<Value> {
        if !self.is_replayed() {
            return None;
        }
        let (document, answer) = measure(|| {
            let updates = with_updates.then(Updates::default);
            let document = E::replay(&self.trace, updates.as_ref());
            (document, updates.map_or(0, |updates| updates.bytes()))
        });
        self.check(&document);
        Some(answer)
    }

    fn apply_one_by_one(&mut self) -> Option<Value> {
        self.prepare_updates();
        if self.updates.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        let (document, answer) = measure(|| (self.apply(), 0));
        self.check(&document);
        Some(answer)
    }

    fn encode(&mut self, format: Format) -> Option<Value> {
        if format == Format::V2 && !E::HAS_V2 {
            return None;
        }
        self.prepare_document();
        let document = self.document.as_mut().expect("a prepared document");
        let encode = || {
            let bytes = E::encode(document, format);
            let size = bytes.len();
            (bytes, size)
        };
        Some(measure(encode).1)
    }

    fn load(&mut self, format: Format) -> Option<Value> {
        if format == Format::V2 && !E::HAS_V2 {
            return None;
        }
        let state = self.state(format);
        let (document, answer) = measure(|| {
            let document = E::load(&state, format);
            assert_eq!(
                E::text(&document).len(),
                self.text.len(),
                "another text comes out"
            );
            (document, state.len())
        });
        self.check(&document);
        Some(answer)
    }

    fn work(&mut self, name: &str) -> Option<Value> {
        match name {
            "check" => Some(json!({ "ok": true })),
            "local" => self.local(false),
            "local_updates" => self.local(true),
            "apply" => self.apply_one_by_one(),
            "encode_v1" => self.encode(Format::V1),
            "encode_v2" => self.encode(Format::V2),
            "load_v1" => self.load(Format::V1),
            "load_v2" => self.load(Format::V2),
            _ => None,
        }
    }
}

/// What loading a state takes. Only of use as the first thing that a process does.
fn memory<E: Engine>(folder: &Folder, engine: &str) -> Value {
    let state = folder.read(&state_file::<E>(engine, Format::V1));
    let before = resident_mb();
    start_peak();
    let document = E::load(&state, Format::V1);
    assert!(!E::text(&document).is_empty());
    let peak = peak_resident_mb();
    let after = resident_mb();
    drop(document);
    json!({ "mb": after - before, "mbPeak": peak - before })
}

/// Reads lines `WORK INPUT`, answers each with one line of JSON.
pub fn run<E: Engine>(engine: &str, folder: &Path) {
    let mut input: Option<(String, Input<E>)> = None;
    for line in stdin().lines() {
        let line = line.expect("a line");
        let (work, name) = line.split_once(' ').expect("a work and an input");
        let folder = Folder(folder.join(name));
        let answer = if work == "memory" {
            Some(memory::<E>(&folder, engine))
        } else {
            if input.as_ref().is_none_or(|(known, _)| known != name) {
                input = Some((name.to_owned(), Input::new(folder, engine)));
            }
            input.as_mut().and_then(|(_, input)| input.work(work))
        };
        println!("{}", answer.unwrap_or_else(|| json!({ "absent": true })));
    }
}
