/** Source text with colours, line numbers, search and undo (CodeMirror 6). Placeholders in single braces stand out. */
import { useComputedColorScheme } from '@mantine/core'
import { redo, undo } from '@codemirror/commands'
import { html } from '@codemirror/lang-html'
import { Compartment } from '@codemirror/state'
import { oneDark } from '@codemirror/theme-one-dark'
import { Decoration, type DecorationSet, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { EditorView, basicSetup } from 'codemirror'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import classes from './CodeEditor.module.css'

export type CodeEditorHandle = {
  /** Puts the text where the cursor is (over what is selected) and goes on there. */
  insert: (text: string) => void
  undo: () => void
  redo: () => void
}
type CodeEditorProps = { value: string; onChange: (value: string) => void; language: 'html' | 'text'; label: string; ref?: Ref<CodeEditorHandle> }

export function CodeEditor({ value, onChange, language, label, ref }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const changed = useRef(onChange)
  useEffect(() => { changed.current = onChange })
  const dark = useComputedColorScheme('light') === 'dark'

  useEffect(() => {
    view.current = open(place.current!, value, label, (text) => changed.current(text))
    return () => view.current?.destroy()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the editor owns its text from here on; a value from outside comes in below
  }, [])
  useEffect(() => { if (view.current) replaceText(view.current, value) }, [value])
  useEffect(() => { view.current?.dispatch({ effects: languageOf.reconfigure(language === 'html' ? html() : []) }) }, [language])
  useEffect(() => { view.current?.dispatch({ effects: coloursOf.reconfigure(dark ? oneDark : []) }) }, [dark])
  useImperativeHandle(ref, () => ({
    insert: (text) => insertText(view.current!, text),
    undo: () => { undo(view.current!) },
    redo: () => { redo(view.current!) },
  }), [])
  return <div ref={place} className={classes['editor']} />
}

const languageOf = new Compartment()
const coloursOf = new Compartment()

/** `{Person.firstName|there}`, `{trackingUrl:…}`, `{optOutLink}`; CSS braces have spaces, colons with values or line breaks in them. */
const placeholder = new MatchDecorator({ regexp: /\{[A-Za-z][\w.]*(?:[:|][^{}\n;]*)?\}/g, decoration: Decoration.mark({ class: 'cm-placeholder-mark' }) })
const placeholderMarks = ViewPlugin.fromClass(class {
  marks: DecorationSet
  constructor(view: EditorView) { this.marks = placeholder.createDeco(view) }
  update(update: ViewUpdate) { this.marks = placeholder.updateDeco(update, this.marks) }
}, { decorations: (plugin) => plugin.marks })

function open(parent: HTMLElement, doc: string, label: string, onText: (text: string) => void) {
  return new EditorView({
    parent, doc,
    extensions: [
      basicSetup, EditorView.lineWrapping, languageOf.of([]), coloursOf.of([]), placeholderMarks,
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true', tabindex: '0' }),
      EditorView.updateListener.of((update) => { if (update.docChanged) onText(update.state.doc.toString()) }),
    ],
  })
}

function replaceText(view: EditorView, text: string) {
  const now = view.state.doc.toString()
  if (now !== text) view.dispatch({ changes: { from: 0, to: now.length, insert: text } })
}

function insertText(view: EditorView, text: string) {
  view.dispatch(view.state.replaceSelection(text))
  view.focus()
}
