// Makes states.json, which state_test.cpp reads: updates to apply and what Yjs then encodes.
// usage: node tests/unit/codec/states.mjs > tests/unit/codec/states.json
// (from the repository root, after `./dev setup test`)
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../compat/package.json', import.meta.url))
const Y = require('yjs')

const hex = (bytes) => Buffer.from(bytes).toString('hex').replace(/(..)(?=.)/g, '$1 ')
const bytes = (digits) => Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'))

/** A document and the updates of each of its transactions. */
function writer (client, options = {}) {
  const doc = new Y.Doc(options)
  doc.clientID = client
  const updates = []
  doc.on('update', (update) => updates.push(update))
  return { doc, updates }
}

const cases = []
/** Applies `updates` one by one to an empty document and notes its state as seen from `target`. */
function state (name, updates, target = {}, gc = true) {
  const doc = new Y.Doc({ gc })
  doc.clientID = 4000000000
  for (const update of updates) Y.applyUpdate(doc, update)
  const vector = Y.encodeStateVector(new Map(Object.entries(target).map(([c, k]) => [Number(c), k])))
  cases.push({
    name,
    gc,
    updates: updates.map(hex),
    updatesV2: updates.map((update) => hex(Y.convertUpdateFormatV1ToV2(update))),
    target: hex(vector),
    state: hex(Y.encodeStateAsUpdate(doc, vector)),
    stateV2: hex(Y.encodeStateAsUpdateV2(doc, vector)),
    vector: hex(Y.encodeStateVector(doc))
  })
}

/** Text, formats, an embed, every type, binary and subdocuments, in one transaction each. */
function everything (client) {
  const { doc, updates } = writer(client, { gc: false })
  const text = doc.getText('t')
  text.insert(0, 'héllo € 😀', { bold: true, '': 'x' })
  text.insertEmbed(3, { image: 'u', size: [1, -0.5, 1e21], nested: { '7': null, a: '"\\\n\u0001' } })
  text.format(1, 4, { bold: null, link: { href: 'é' } })
  text.insertEmbed(0, new Y.Map())
  text.setAttribute('k', 1)
  const array = doc.getArray('a')
  array.push([1, 'a', null, true, false, -1, 0.1, 2 ** 31, -(2 ** 31), 2 ** 53, NaN, Infinity, -0])
  array.push([new Uint8Array([1, 2, 3]), new Uint8Array(), [[]], { b: { c: [2] } }])
  array.push([new Y.Array(), new Y.Map([['k', 'v']]), new Y.Text('nested'), new Y.Doc({ guid: 'g1' })])
  array.push([new Y.Doc({ guid: 'g2', gc: false, autoLoad: true, meta: { a: 1 } })])
  const map = doc.getMap('m')
  map.set('u', undefined)
  map.set('big', 10n)
  map.set('', 'empty key')
  map.set('k', 1)
  map.set('k', 'x')
  map.delete('k')
  const fragment = doc.getXmlFragment('x')
  const element = new Y.XmlElement('div')
  element.setAttribute('id', '7')
  element.insert(0, [new Y.XmlText('z'), new Y.XmlHook('hook'), new Y.XmlElement('p')])
  fragment.insert(0, [element])
  array.delete(1, 3)
  text.delete(2, 3)
  return { doc, updates }
}

const typing = writer(1)
for (const unit of 'abc') typing.doc.getText('t').insert(typing.doc.getText('t').length, unit)
typing.doc.getText('t').delete(0, 1)
const [a, b, c, delA] = typing.updates

state('nothing', [])
state('a gap', [a, c])
state('a gap, seen by a peer that has the start', [a, c], { 1: 1 })
state('a gap, seen by a peer that has all', [a, c], { 1: 3 })
state('a gap, seen by a peer that is ahead', [a, c], { 1: 9 })
state('only what waits', [c])
state('a gap closed', [c, a, b])
state('a deletion before its text', [delA])
state('a deletion and a struct that wait', [c, delA])
state('deletions that wait join known ones', [a, b, delA, bytes('00 01 01 02 01 01 03 04')])
state('deletions of unknown clients', [bytes('00 02 09 01 05 02 07 01 00 01'), a])

const keyed = writer(5)
keyed.doc.getMap('m').set('k', 1)
keyed.doc.getMap('m').set('k', 'x')
state('keys overwritten', keyed.updates)
state('keys overwritten beside a gap', [...keyed.updates, c])
state('a key that waits', [keyed.updates[1]])
const map = new Y.Map()
keyed.doc.getMap('m').set('nested', map)
map.set('inner', [1])
state('a nested key that waits', keyed.updates.slice(-1))

const other = writer(2)
for (const update of [a, b]) Y.applyUpdate(other.doc, update)
other.updates.length = 0
other.doc.getText('t').insert(1, 'X')
other.doc.getText('t').insert(2, 'Y')
state('a missing origin of another client', other.updates)
state('a missing origin, seen from its middle', [Y.mergeUpdates(other.updates)], { 2: 1 })
state('clients in between', [...other.updates, ...keyed.updates, a])

const astral = writer(3)
astral.doc.getText('t').insert(0, '-')
astral.doc.getText('t').insert(1, 'a😀b')
state('a pair cut by the state vector', astral.updates, { 3: 3 })
state('a waiting pair cut by the state vector', astral.updates.slice(1), { 3: 3 })
state('a waiting string cut by the state vector', astral.updates.slice(1), { 3: 2 })

const all = everything(7)
state('every content', all.updates)
state('every content, not collected', all.updates, {}, false)
state('every content as one update', [Y.encodeStateAsUpdate(all.doc)], {}, false)
state('every content waiting', all.updates.slice(1))
state('every other update', all.updates.filter((_, i) => i % 2 === 1))
for (const clock of [1, 5, 13, 20, 30, 34, 38]) {
  state(`every content from ${clock}`, all.updates, { 7: clock }, false)
  state(`every content waiting from ${clock}`, all.updates.slice(1), { 7: clock }, false)
}

const legacy = '01 02 01 00 02 01 01 61 03 01 31 09 75 6e 64 65 66 69 6e 65 64 03 22 78 22 82 01 02 02 04 6e 75 6c 6c 02 5b 5d 00'
state('legacy JSON', [bytes(legacy)])
state('legacy JSON from its middle', [bytes(legacy)], { 1: 1 })
state('a leading Skip', [bytes('01 02 01 00 0a 02 04 01 01 74 01 63 00')])
state('an inner Skip', [bytes('01 03 01 00 04 01 01 74 01 61 0a 01 84 01 01 01 63 00')])
state('collected ranges of Yjs 14', [bytes('01 01 01 00 00 03 01 01 01 00 03')])
state('an empty section', [bytes('02 00 09 00 01 01 00 04 01 01 74 01 61 00')])
state('a large client', [bytes('01 01 85 88 90 b8 a0 c0 a8 0f 00 04 01 01 74 01 61 00')])

console.log(`[\n${cases.map((c) => JSON.stringify(c)).join(',\n')}\n]`)
