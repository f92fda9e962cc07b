// What the end-to-end tests share: programs under test as real processes, real Yjs, and waiting for
// conditions. Real Yjs comes from the npm packages of tests/compat.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
export const compatDirectory = join(here, '..', 'compat')

/** Prints why and ends so that ctest counts the test as skipped. */
export function skip (why) {
  console.log(`skipped: ${why}`)
  process.exit(0)
}

/** Yjs, its provider and `ws`, all as one instance; skips where they are not installed. */
export function realYjs () {
  if (!existsSync(join(compatDirectory, 'node_modules', 'yjs'))) {
    skip('the npm packages are not installed; ./dev setup does it')
  }
  const require = createRequire(join(compatDirectory, 'package.json'))
  return { Y: require('yjs'), WebsocketProvider: require('y-websocket').WebsocketProvider, WebSocket: require('ws') }
}

/** Mulberry32: the same seed gives the same run. */
export class Random {
  constructor (seed) { this.state = seed >>> 0 }
  next () {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  below (bound) { return Math.floor(this.next() * bound) }
  pick (list) { return list[this.below(list.length)] }
}

/** The seed of this run, printed so that a failure can be repeated with COWRITE_SEED. */
export function seededRandom () {
  const seed = Number(process.env.COWRITE_SEED ?? (Date.now() & 0x7fffffff))
  console.log(`seed ${seed} (repeat with COWRITE_SEED=${seed})`)
  return new Random(seed)
}

/** Waits until `condition` gives something true, looking again every few milliseconds. */
export async function until (what, condition, deadline = 30000) {
  const end = Date.now() + deadline
  for (;;) {
    const value = await condition()
    if (value) return value
    if (Date.now() > end) throw new Error(`not within ${deadline} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const children = new Set()
const folders = []

export function temporaryFolder () {
  const folder = mkdtempSync(join(tmpdir(), 'cowrite-e2e-'))
  folders.push(folder)
  return folder
}

class Program {
  constructor (file, args) {
    this.child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    children.add(this.child)
    this.lines = []
    this.readers = []
    this.exited = new Promise(resolve => this.child.once('exit', (code, signal) => {
      children.delete(this.child)
      for (const { reject } of this.readers.splice(0)) reject(new Error(`${file} has ended (${signal ?? code})`))
      resolve(signal ?? code)
    }))
    this.child.stdin.on('error', () => {}) // It was killed while it was being written to.
    createInterface({ input: this.child.stdout }).on('line', line => {
      const reader = this.readers.shift()
      if (reader) reader.resolve(line)
      else this.lines.push(line)
    })
  }

  line () {
    if (this.lines.length > 0) return Promise.resolve(this.lines.shift())
    return new Promise((resolve, reject) => this.readers.push({ resolve, reject }))
  }

  kill (signal = 'SIGKILL') {
    this.child.kill(signal)
    return this.exited
  }

  /** Ends it as a person would; it has to save everything and say that all went well. */
  async end () {
    const code = await this.kill('SIGTERM')
    if (code !== 0) throw new Error(`ended with ${code}`)
  }
}

/** `cowrited` with its data in `folder`. */
export class Server extends Program {
  /** `admission`: whether an invitation is needed, as a list of options. */
  static async start (binary, folder, port = 0, admission = ['--open']) {
    const server = new Server(binary, [...admission, '--listen', `127.0.0.1:${port}`, '--data', folder])
    const line = await server.line()
    const match = /^listening on (ws:\/\/127\.0\.0\.1:(\d+))$/.exec(line)
    if (!match) throw new Error(`unexpected first line: ${line}`)
    server.url = match[1]
    server.port = Number(match[2])
    return server
  }
}

/** A headless `cowrite` under control. */
export class App extends Program {
  static async start (binary, profile, name, args) {
    const app = new App(binary, ['--headless', '--control', '--profile', profile, '--name', name, ...args])
    app.answers = new Map()
    app.nextId = 1
    const ready = JSON.parse(await app.line())
    if (ready.event !== 'ready') throw new Error(`unexpected first line: ${JSON.stringify(ready)}`)
    app.address = ready.link
    app.listen()
    return app
  }

  async listen () {
    try {
      for (;;) {
        const answer = JSON.parse(await this.line())
        if (answer.id === undefined) throw new Error(`cowrite complains: ${JSON.stringify(answer)}`)
        this.answers.get(answer.id).resolve(answer)
        this.answers.delete(answer.id)
      }
    } catch (error) {
      this.failure = error
      for (const { reject } of this.answers.values()) reject(error)
      this.answers.clear()
    }
  }

  /** Gives a command without waiting; what is typed may still be on its way. */
  tell (command) {
    if (this.failure) throw this.failure
    return this.child.stdin.write(JSON.stringify(command) + '\n')
  }

  /** As tell(), and waits while too much is on its way. */
  async feed (command) {
    if (!this.tell(command)) {
      await Promise.race([
        new Promise(resolve => this.child.stdin.once('drain', resolve)),
        this.exited
      ])
    }
  }

  ask (command) {
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      this.answers.set(id, { resolve, reject })
      this.tell({ ...command, id })
    })
  }

  reach (state) { return this.ask({ do: 'wait', until: state }) }
  print () { return this.ask({ do: 'print' }) }
  status () { return this.ask({ do: 'status' }) }
}

/** Another Node program of this folder, with what it needs from real Yjs. */
export class Script extends Program {
  static start (file, args = []) { return new Script(process.execPath, [join(here, file), ...args]) }
}

function sorted (value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]))
}

/** One form for both sides; neighbours with equal attributes are joined, as deltas may be cut
 * differently where nothing differs. */
function canonicalDelta (delta) {
  const joined = []
  for (const op of delta) {
    const attributes = JSON.stringify(sorted(op.attributes ?? {}))
    const last = joined.at(-1)
    if (typeof op.insert === 'string' && last && typeof last.insert === 'string' && last.attributes === attributes) {
      last.insert += op.insert
    } else {
      joined.push({ insert: typeof op.insert === 'string' ? op.insert : sorted(op.insert), attributes })
    }
  }
  return joined
}

/** The same view of a Yjs document that `print` gives of Cowrite's. */
export function stateOfYjs (Y, doc, root) {
  const text = doc.getText(root)
  const deletions = {}
  for (const [client, items] of Y.createDeleteSetFromStructStore(doc.store).clients) {
    const ranges = []
    for (const { clock, len } of items.slice().sort((a, b) => a.clock - b.clock)) {
      const last = ranges.at(-1)
      if (last && last[0] + last[1] >= clock) last[1] = Math.max(last[1], clock + len - last[0])
      else ranges.push([clock, len])
    }
    if (ranges.length > 0) deletions[client] = ranges
  }
  return {
    text: text.toString(),
    delta: text.toDelta(),
    stateVector: Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(doc))),
    deletions
  }
}

/** The first thing in which two states differ, or nothing. */
export function difference (a, b) {
  const forms = {
    'state vector': state => sorted(state.stateVector),
    'delete set': state => sorted(state.deletions),
    text: state => state.text,
    delta: state => canonicalDelta(state.delta)
  }
  for (const [name, form] of Object.entries(forms)) {
    const [left, right] = [JSON.stringify(form(a)), JSON.stringify(form(b))]
    if (left !== right) {
      let at = 0
      while (left[at] === right[at]) ++at
      return `${name}: …${left.slice(Math.max(0, at - 60), at + 80)}… and …${right.slice(Math.max(0, at - 60), at + 80)}…`
    }
  }
}

export function check (condition, what) {
  if (!condition) throw new Error(what)
}

/** Runs a test, cleans up, and says how it went. */
export async function run (name, test) {
  const began = Date.now()
  try {
    await test()
    console.log(`${name}: passed in ${((Date.now() - began) / 1000).toFixed(1)} s`)
    process.exitCode = 0
  } catch (error) {
    console.error(`${name}: FAILED: ${error.stack}`)
    process.exitCode = 1
  } finally {
    for (const child of children) child.kill('SIGKILL')
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    process.exit()
  }
}
