use std::sync::{Arc, Mutex};

use crate::input::Trace;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    V1,
    V2,
}

/// Where a replay puts the update of each edit. Engines that call back want to own what they call.
#[derive(Clone, Default)]
pub struct Updates(Arc<Mutex<Taken>>);

#[derive(Default)]
struct Taken {
    bytes: usize,
    kept: Option<Vec<Vec<u8>>>,
}

impl Updates {
    /// Keeps the updates, where the default only counts their bytes.
    pub fn kept() -> Updates {
        let kept = Some(Vec::new());
        Updates(Arc::new(Mutex::new(Taken { bytes: 0, kept })))
    }

    pub fn take(&self, update: &[u8]) {
        let mut taken = self.0.lock().unwrap();
        taken.bytes += update.len();
        if let Some(kept) = &mut taken.kept {
            kept.push(update.to_vec());
        }
    }

    pub fn bytes(&self) -> usize {
        self.0.lock().unwrap().bytes
    }

    pub fn into_kept(self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap().kept.take().unwrap_or_default()
    }
}

/// One of the peers in `engines/`, as the measurements need it.
pub trait Engine {
    type Document;

    /// Whether it reads Yjs's formats; else it has one of its own, which stands for both.
    const READS_YJS: bool;
    const HAS_V2: bool = true;

    /// Makes each edit a transaction of its own, by one writer.
    fn replay(trace: &Trace, updates: Option<&Updates>) -> Self::Document;

    /// The updates of several writers; only asked of engines with a format of their own.
    fn updates_of_writers(_trace: &Trace) -> Vec<Vec<u8>> {
        Vec::new()
    }

    /// Applies updates one by one to an empty document.
    fn apply(updates: &[Vec<u8>]) -> Self::Document;

    fn load(state: &[u8], format: Format) -> Self::Document;

    /// The whole state.
    fn encode(document: &mut Self::Document, format: Format) -> Vec<u8>;

    fn text(document: &Self::Document) -> String;
}
