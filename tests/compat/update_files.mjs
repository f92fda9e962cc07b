// `cowritectl update` as its users run it: what it writes from files of Yjs is what Yjs itself makes
// of them, byte for byte, in both formats, through files and through pipes.
// usage: node update_files.mjs COWRITE-SCRIPT COWRITECTL
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'

const program = process.argv[3]
const folder = mkdtempSync(join(tmpdir(), 'cowritectl-'))
const path = name => join(folder, name)
const out = path('out')

function run (words, input) {
  const { status, stdout, stderr } = spawnSync(program, ['update', ...words], { input })
  assert.equal(stderr.toString(), '')
  assert.equal(status, 0)
  return stdout
}

/** What the command writes to its file, which must also be what it writes to a pipe. */
function written (words, files, lastInput) {
  assert.equal(run([...words, '-o', out, ...files]).length, 0)
  const bytes = readFileSync(out)
  assert.deepEqual(run([...words, '-o', '-', ...files.slice(0, -1), '-'], lastInput), bytes)
  return new Uint8Array(bytes)
}

/** Two replicas that wrote apart and then met, with everything that an update can hold. */
function history () {
  const [ada, ben] = [7, 4294967295].map(clientID => Object.assign(new Y.Doc(), { clientID }))
  ada.getText('content').insert(0, 'Hello 😀', { bold: true })
  ada.getMap('meta').set('nested', new Y.Array())
  ada.getXmlFragment('page').insert(0, [new Y.XmlElement('p'), new Y.XmlText('hi')])
  ben.getText('content').insert(0, 'world')
  ben.getArray('rows').push([1, null, { a: [true] }, new Uint8Array([9])])
  const early = [ada, ben].map(doc => Y.encodeStateVector(doc))
  Y.applyUpdate(ada, Y.encodeStateAsUpdate(ben))
  ada.getText('content').delete(2, 5)
  ada.getMap('meta').get('nested').push(['x'])
  Y.applyUpdate(ben, Y.encodeStateAsUpdate(ada))
  ben.getText('content').insert(1, 'i')
  return { docs: [ada, ben], early }
}

const { docs, early } = history()
const formats = [
  {
    flags: [],
    other: 'v2',
    updates: docs.map(doc => Y.encodeStateAsUpdate(doc)),
    merge: Y.mergeUpdates,
    diff: Y.diffUpdate,
    stateVector: Y.encodeStateVectorFromUpdate,
    convert: Y.convertUpdateFormatV1ToV2
  },
  {
    flags: ['--v2'],
    other: 'v1',
    updates: docs.map(doc => Y.encodeStateAsUpdateV2(doc)),
    merge: Y.mergeUpdatesV2,
    diff: Y.diffUpdateV2,
    stateVector: Y.encodeStateVectorFromUpdateV2,
    convert: Y.convertUpdateFormatV2ToV1
  }
]

try {
  for (const { flags, other, updates, merge, diff, stateVector, convert } of formats) {
    const files = updates.map((_, i) => path(`update${i}`))
    files.forEach((file, i) => writeFileSync(file, updates[i]))
    assert.deepEqual(written(['merge', ...flags], files, updates.at(-1)), merge(updates))
    updates.forEach((update, i) => {
      assert.deepEqual(written(['state-vector', ...flags], [files[i]], update), stateVector(update))
      assert.deepEqual(written(['convert', '--to', other], [files[i]], update), convert(update))
      for (const known of early) {
        writeFileSync(path('known'), known)
        const words = ['diff', ...flags, '--state-vector', path('known')]
        assert.deepEqual(written(words, [files[i]], update), diff(update, known))
      }
    })
    const roots = ['content:text', 'meta:map', 'page:xml'].flatMap(root => ['--root', root])
    const json = JSON.parse(run(['json', ...flags, ...roots, ...files]))
    assert.deepEqual(json, {
      content: docs[1].getText('content').toDelta(),
      meta: docs[1].getMap('meta').toJSON(),
      page: docs[1].getXmlFragment('page').toString()
    })
    const info = JSON.parse(run(['info', ...flags, '--json', files[1]]))
    assert.equal(info.bytes, updates[1].length)
    assert.deepEqual(
      new Map(info.clients.map(({ client, ranges }) => [client, ranges.at(-1).clock + ranges.at(-1).length])),
      Y.decodeStateVector(stateVector(updates[1])))
  }
} finally {
  rmSync(folder, { recursive: true })
}
