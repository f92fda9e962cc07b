// Exchanges documents with the PermanentUserData of Yjs as it is in an application, with its timeouts:
// each side must know whom the other one calls the author and the deleter (yjs-compat.md 4.7).
// usage: node exchange_user_data.mjs PROGRAM
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { runProgram, say } from './comparison.mjs'
import { base64, fromBase64 } from './yjs_values.mjs'

const program = process.argv[2]
const afterTimeouts = () => new Promise(resolve => setTimeout(resolve, 20))

/** What the steps print, as objects. */
function run (...steps) {
  const lines = runProgram(program, steps)
  assert.doesNotMatch(lines.join('\n'), /^exit status/m)
  return lines.map(line => JSON.parse(line))
}

/** A document of Yjs that knows its users. */
function open (clientID, update) {
  const doc = new Y.Doc()
  doc.clientID = clientID
  if (update) Y.applyUpdate(doc, update, 'net')
  return { doc, text: doc.getText('content'), users: new Y.PermanentUserData(doc) }
}

/** [client, clock] of the units of a text, deleted or not. */
function units (text) {
  const found = []
  for (let item = text._start; item !== null; item = item.right) {
    for (let i = 0; i < item.length; i++) found.push([item.id.client, item.id.clock + i])
  }
  return found
}

// Yjs writes.
const anna = open(1)
anna.users.setUserMapping(anna.doc, 1, 'anna')
anna.text.insert(0, 'hello world')
anna.text.delete(0, 2)
await afterTimeouts()
const [first, second, third] = units(anna.text)

// Cowrite reads that, and writes.
const ask = ([client, clock]) => ({ do: 'user', doc: 0, client, deleted: clock })
const begin = [
  { do: 'doc', doc: 0, client: 2 },
  { do: 'apply', doc: 0, update: base64(Y.encodeStateAsUpdate(anna.doc)) },
  { do: 'userData', doc: 0, user: 'ben' }
]
const answers = run(...begin,
  { do: 'user', doc: 0, client: 1 }, ask(first), ask(second), ask(third),
  { do: 'delete', doc: 0, path: ['content'], kind: 'text', at: 0, length: 1 }, ask(third),
  { do: 'user', doc: 0, client: 2 },
  { do: 'print', doc: 0, roots: { content: 'text' } })
assert.deepEqual(answers.slice(0, -1).map(({ user }) => user), ['anna', 'anna', 'anna', null, 'ben', 'ben'])

// Yjs reads what both wrote: when it comes in, and when it is there already.
const state = fromBase64(answers.at(-1).update)
Y.applyUpdate(anna.doc, state, 'net')
await afterTimeouts()
for (const { users } of [anna, open(3, state)]) {
  assert.deepEqual([1, 2, 3].map(client => users.getUserByClientId(client)), ['anna', 'ben', null])
  assert.deepEqual([first, second, third].map(id => users.getUserByDeletedId(Y.createID(...id))),
    ['anna', 'anna', 'ben'])
}
say('Yjs and Cowrite know each other\'s users')
