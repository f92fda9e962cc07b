// How the text looks: the measures of the desktop app's editor. Colours come from the page as CSS
// variables, which the shadow root inherits.
import { EditorView } from '@codemirror/view'

export const editorTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--page)', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: '14px/22px var(--editor-font)', overflow: 'auto' },
  '.cm-content': { padding: '10px 0 40px', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 14px 0 14px' },
  '.cm-cursor': { borderLeft: '2px solid var(--text)', marginLeft: '-1px' },
  '.cm-activeLine': { backgroundColor: 'var(--current-line)' },
  // Under the text, and over the line it is in.
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--selection)'
  },
  '.cm-gutters': { backgroundColor: 'var(--page)', color: 'var(--line-number)', border: 'none', minWidth: '42px' },
  '.cm-lineNumbers': { flex: '1' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0', minWidth: '30px', textAlign: 'right' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-authors': { width: '4px', marginRight: '8px' },
  '.cm-authors .cm-gutterElement > div': { height: '100%', opacity: '.75' },
  '.cm-specialChar': { color: 'var(--muted-text)' },
  '.cm-panels': { backgroundColor: 'var(--chrome)', color: 'var(--text)', borderColor: 'var(--line) !important' },
  '.cm-panel.cm-search': { font: '13px var(--interface-font)', padding: '8px 12px' },
  '.cm-panel.cm-search label': { font: 'inherit', color: 'var(--text)' },
  '.cm-textfield, .cm-button': {
    font: 'inherit',
    color: 'var(--text)',
    background: 'var(--page)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    padding: '4px 9px'
  },
  '.cm-panel.cm-search [name=close]': { font: 'inherit', color: 'var(--muted-text)', fontSize: '18px' },
  '.cm-searchMatch': { backgroundColor: 'var(--found)', outline: '1px solid var(--waiting)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--selection)' },
  '@media (max-width: 719px)': {
    // Smaller than this, a phone zooms into the text when it is touched.
    '.cm-scroller': { font: '16px/25px var(--editor-font)' },
    '.cm-gutters': { minWidth: '12px' },
    '.cm-lineNumbers': { display: 'none !important' },
    '.cm-line': { padding: '0 12px 0 4px' }
  }
})
