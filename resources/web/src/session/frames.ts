// What a message of the y-websocket protocol is, read without applying it (y-protocols/sync).
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

export const channel = { sync: 0, awareness: 1, acknowledgement: 100, access: 101, echo: 102 } as const
const syncKind = { step1: 0, step2: 1, update: 2 } as const

export type Frame =
  | { kind: 'question' }
  | { kind: 'answer' | 'update', update: Uint8Array }
  | { kind: 'acknowledgement', count: number }
  /** What this connection may do, by the number of it in `roles`. */
  | { kind: 'access', number: number }
  /** The answer to the echo with this number. */
  | { kind: 'echo', number: number }
  | { kind: 'other' }

/** Reads the first message of a frame; anything unknown or broken is `other`. */
export function readFrame (bytes: Uint8Array): Frame {
  try {
    const decoder = decoding.createDecoder(bytes)
    switch (decoding.readVarUint(decoder)) {
      case channel.sync: {
        const kind = decoding.readVarUint(decoder)
        if (kind === syncKind.step1) return { kind: 'question' }
        const update = decoding.readVarUint8Array(decoder)
        return { kind: kind === syncKind.step2 ? 'answer' : 'update', update }
      }
      case channel.acknowledgement:
        return { kind: 'acknowledgement', count: decoding.readVarUint(decoder) }
      case channel.access:
        return { kind: 'access', number: decoding.readVarUint(decoder) }
      case channel.echo:
        return { kind: 'echo', number: decoding.readVarUint(decoder) }
      default:
        return { kind: 'other' }
    }
  } catch {
    return { kind: 'other' }
  }
}

/** The question what the other side has that `stateVector` has not. */
export function question (stateVector: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, channel.sync)
  encoding.writeVarUint(encoder, syncKind.step1)
  encoding.writeVarUint8Array(encoder, stateVector)
  return encoding.toUint8Array(encoder)
}

/** What a Cowrite server answers with the same number. */
export function echo (number: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, channel.echo)
  encoding.writeVarUint(encoder, number)
  return encoding.toUint8Array(encoder)
}

/** Whether a frame changes the document: those are what the server acknowledges. */
export function changesDocument (frame: Frame): frame is { kind: 'answer' | 'update', update: Uint8Array } {
  return frame.kind === 'answer' || frame.kind === 'update'
}
