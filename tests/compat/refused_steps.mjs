// A step that is not understood or is refused: cowrite-script prints one error with its line number
// after what the earlier steps printed, and exits with status 2.
// usage: node refused_steps.mjs PROGRAM
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'

const program = process.argv[2]
const before = [
  '{"do":"doc","doc":0,"client":1}',
  '{"do":"print","doc":0,"roots":{"content":"text"}}',
  ''
]
const refused = [
  'no JSON',
  '[]',
  '{"doc":0}',
  '{"do":"fly","doc":0}',
  '{"do":"insert","doc":7,"path":["content"],"at":0,"text":"a"}',
  '{"do":"insert","doc":0,"path":["content"],"at":-1,"text":"a"}',
  '{"do":"insert","doc":0,"path":["content"],"at":0}',
  '{"do":"push","doc":0,"path":["content"],"at":0,"values":[1]}',
  '{"do":"push","doc":0,"path":["rows"],"at":1,"values":[1]}',
  '{"do":"push","doc":0,"path":["rows"],"at":0,"values":[{"$undefined":true}]}',
  '{"do":"delete","doc":0,"path":["unheard-of"],"at":0,"length":1}',
  '{"do":"set","doc":0,"path":["meta","nothing"],"key":"k","value":1}',
  '{"do":"undo","doc":0}',
  '{"do":"resolve","doc":0,"name":"nowhere"}',
  '{"do":"apply","doc":0,"format":"v1","update":"/w=="}',
  '{"do":"apply","doc":0,"format":"v1","update":"not base64!"}',
  '{"do":"apply","doc":0,"format":"v2","update":"AQEBAAQBAXQCaGkA"}',
  '{"do":"apply","doc":0,"format":"v3","update":"AAA="}',
  '{"do":"transact","doc":0,"steps":[{"do":"insert","path":["content"],"at":0,"text":"a"},{"do":"fly"}]}',
  '{"do":"positionBytes","name":"nowhere"}',
  '{"do":"restore","doc":0,"name":"nothing","into":1}',
  '{"do":"xml","doc":0,"path":["tree"],"at":1,"nodes":[{"text":"hi"}]}',
  '{"do":"xml","doc":0,"path":["tree"],"at":0,"nodes":[{"children":[]}]}'
]
for (const step of refused) {
  const input = [...before, step, before[1]].join('\n')
  const { status, stdout, stderr } = spawnSync(program, { input, encoding: 'utf8' })
  const lines = stdout.trimEnd().split('\n').map(line => JSON.parse(line))
  assert.equal(status, 2, `${step}: ${stdout} ${stderr}`)
  assert.equal(lines.length, 2, step)
  assert.match(lines[1].error, /^line 4: /, step)
}
console.log(`${refused.length} steps are refused`)
