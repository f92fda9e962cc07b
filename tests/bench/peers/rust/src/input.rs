//! What `peer_cowrite` writes down for the peers: a trace, its text, updates and states.

use std::fs;
use std::path::PathBuf;

pub struct Edit {
    /// Both in characters, which in all our traces are as many UTF-16 units.
    pub position: usize,
    pub removed: usize,
    pub inserted: String,
}

pub struct Trace {
    pub edits: Vec<Edit>,
    pub repetitions: u64,
    pub writers: u64,
    /// None has seen any other's edit; else each has seen all before its own.
    pub at_once: bool,
    /// Characters are bytes, so that engines may count in the unit that costs them least.
    pub is_ascii: bool,
}

pub const FIRST_WRITER: u64 = 3_000_000_000;
pub const READER: u64 = 4_000_000_000;

impl Trace {
    fn parse(json: &serde_json::Value) -> Option<Trace> {
        let mut edits = Vec::new();
        for edit in json["edits"].as_array()? {
            edits.push(Edit {
                position: edit[0].as_u64()? as usize,
                removed: edit[1].as_u64()? as usize,
                inserted: edit[2].as_str()?.to_owned(),
            });
        }
        Some(Trace {
            is_ascii: edits.iter().all(|edit| edit.inserted.is_ascii()),
            edits,
            repetitions: json["repetitions"].as_u64()?,
            writers: json["writers"].as_u64()?,
            at_once: json["atOnce"].as_bool()?,
        })
    }

    /// As often as the trace repeats itself.
    pub fn all_edits(&self) -> impl Iterator<Item = &Edit> {
        (0..self.repetitions).flat_map(|_| &self.edits)
    }

    /// The edits with the number of the writer of each.
    pub fn edits_of_writers(&self) -> impl Iterator<Item = (u64, &Edit)> {
        (0..self.writers).cycle().zip(&self.edits)
    }
}

/// The folder of one input.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn trace(&self) -> Trace {
        let json = serde_json::from_slice(&self.read("trace.json")).expect("trace.json is JSON");
        Trace::parse(&json).expect("trace.json is a trace")
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.read("text")).expect("the text is UTF-8")
    }

    /// Those that Cowrite made, each after its size, 32 bits in little endian.
    pub fn updates(&self) -> Vec<Vec<u8>> {
        let packed = self.read("updates");
        let mut updates = Vec::new();
        let mut rest = packed.as_slice();
        while let Some((size, tail)) = rest.split_first_chunk::<4>() {
            let (update, tail) = tail.split_at(u32::from_le_bytes(*size) as usize);
            updates.push(update.to_vec());
            rest = tail;
        }
        updates
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        let file = self.0.join(name);
        fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    pub fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.0.join(name), content).expect("the folder of an input can be written to");
    }
}
