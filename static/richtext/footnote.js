// A footnote in the editor: a small line of its own inside the sentence, kept as
// <span class="footnote">the note</span> exactly where its mark will stand on the page.
import { Node, Plugin, crel, gettext, pm } from "django-prose-editor/editor"

const { Fragment } = pm.model
const { NodeSelection, TextSelection } = pm.state

const NAME = "footnote"
const isNote = (node) => node?.type.name === NAME

// Put the cursor at a place of the document.
const moveTo = (state, dispatch, position) => {
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, position)).scrollIntoView())
  return true
}

// Where the cursor stands in relation to a note, or null when there is a selection.
const cursorOf = ({ selection }) => {
  const { $cursor } = selection
  if (!$cursor) return null
  const inside = isNote($cursor.parent)
  return {
    $cursor,
    inside,
    atStart: inside && $cursor.parentOffset === 0,
    atEnd: inside && $cursor.parentOffset === $cursor.parent.content.size,
    noteBefore: !inside && isNote($cursor.nodeBefore) ? $cursor.nodeBefore : null,
    noteAfter: !inside && isNote($cursor.nodeAfter) ? $cursor.nodeAfter : null,
  }
}

const isAtEdge = (cursor) =>
  Boolean(cursor && (cursor.atStart || cursor.atEnd || cursor.noteBefore || cursor.noteAfter))

const leave = ({ state, view }) => {
  const cursor = cursorOf(state)
  return Boolean(cursor?.inside) && moveTo(state, view.dispatch, cursor.$cursor.after())
}

const graphemes = (text) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)

// One step across the edge of a note, or up to it. The browser sees no place between "end of the
// note" and "behind the note"; the document has both, so the arrow keys are answered here.
const stepForward = ({ state, view }) => {
  const cursor = cursorOf(state)
  if (!cursor) return false
  const { $cursor } = cursor
  if (cursor.atEnd) return moveTo(state, view.dispatch, $cursor.after())
  if (cursor.noteAfter) return moveTo(state, view.dispatch, $cursor.pos + 1)
  if (!$cursor.nodeAfter?.isText) return false
  const target = $cursor.pos + graphemes($cursor.nodeAfter.text)[0].length
  const $target = state.doc.resolve(target)
  const reachesEdge = isNote($target.nodeAfter) || (cursor.inside && !$target.nodeAfter)
  return reachesEdge && moveTo(state, view.dispatch, target)
}

const stepBack = ({ state, view }) => {
  const cursor = cursorOf(state)
  if (!cursor) return false
  const { $cursor } = cursor
  if (cursor.atStart) return moveTo(state, view.dispatch, $cursor.before())
  if (cursor.noteBefore) return moveTo(state, view.dispatch, $cursor.pos - 1)
  if (!$cursor.nodeBefore?.isText) return false
  const target = $cursor.pos - graphemes($cursor.nodeBefore.text).at(-1).length
  const $target = state.doc.resolve(target)
  const reachesEdge = isNote($target.nodeBefore) || (cursor.inside && !$target.nodeBefore)
  return reachesEdge && moveTo(state, view.dispatch, target)
}

// A selection that ends at the edge of a note shrinks to just that place.
const shrink = ({ state, view }, forward) => {
  const { selection } = state
  if (selection.empty || !(selection instanceof TextSelection)) return false
  const $end = forward ? selection.$to : selection.$from
  const touchesNote = isNote($end.parent) || isNote($end.nodeBefore) || isNote($end.nodeAfter)
  return touchesNote && moveTo(state, view.dispatch, $end.pos)
}

const step = (forward) => (context) => {
  const block = context.view.domAtPos(context.state.selection.head).node
  const element = block.nodeType === 1 ? block : block.parentElement
  const rightToLeft = getComputedStyle(element).direction === "rtl"
  const onward = forward !== rightToLeft
  return shrink(context, onward) || (onward ? stepForward(context) : stepBack(context))
}

// A whole note is never lost to one key: the first press selects it, the second deletes it.
const eraseBack = ({ state, view }) => {
  const cursor = cursorOf(state)
  if (cursor?.atStart) return moveTo(state, view.dispatch, cursor.$cursor.before())
  if (!cursor?.noteBefore) return false
  const start = cursor.$cursor.pos - cursor.noteBefore.nodeSize
  view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, start)))
  return true
}

const eraseForward = ({ state, view }) => {
  const cursor = cursorOf(state)
  if (cursor?.atEnd) return true
  if (!cursor?.noteAfter) return false
  view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, cursor.$cursor.pos)))
  return true
}

// What is pasted into a note: its words in one line, with the marks a note may have.
const oneLine = (slice, type) => {
  const words = []
  slice.content.descendants((node) => {
    if (node.isText) words.push(node.mark(type.allowedMarks(node.marks)))
    else if (node.isBlock && words.length) words.push(type.schema.text(" "))
    else if (node.type.name === "hardBreak") words.push(type.schema.text(" "))
  })
  return Fragment.from(words)
}

// Notes without a word, except the one being written.
const emptyNotes = ({ doc, selection }) => {
  const found = []
  doc.descendants((node, position) => {
    const isBeingWritten = selection.from > position && selection.to < position + node.nodeSize
    if (isNote(node) && node.content.size === 0 && !isBeingWritten) found.push(position)
  })
  return found
}

export const Footnote = Node.create({
  name: NAME,
  // Before the link, which answers an arrow key at its end with a space.
  priority: 1100,
  group: "inline",
  inline: true,
  content: "text*",
  marks: "bold italic link",
  isolating: true,

  parseHTML() {
    return [{ tag: "span.footnote" }]
  },

  renderHTML() {
    return ["span", { class: "footnote" }, 0]
  },

  // The edges belong to the page, not to the text: they keep "in the note" and "behind the note"
  // apart for the browser's cursor.
  addNodeView() {
    return () => {
      const edge = () =>
        crel("span", { className: "footnote-edge", contentEditable: "false", ariaHidden: "true" })
      const contentDOM = crel("span", { className: "footnote-text" })
      const dom = crel("span", { className: "footnote", role: "note", "aria-label": gettext("Footnote") })
      dom.append(edge(), contentDOM, edge())
      return { dom, contentDOM }
    }
  },

  addCommands() {
    return {
      insertFootnote:
        () =>
        ({ state, tr, dispatch }) => {
          const { $to } = state.selection
          const type = state.schema.nodes[NAME]
          if (!$to.parent.canReplaceWith($to.index(), $to.index(), type)) return false
          if (dispatch) {
            tr.insert($to.pos, type.create())
            tr.setSelection(TextSelection.create(tr.doc, $to.pos + 1)).setStoredMarks([])
            tr.scrollIntoView()
          }
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    const withState = (answer) => () => answer({ state: this.editor.state, view: this.editor.view })
    return {
      "Mod-Alt-f": ({ editor }) => editor.commands.insertFootnote(),
      Enter: withState(leave),
      "Shift-Enter": withState(leave),
      "Mod-Enter": withState(leave),
      Escape: withState(leave),
      ArrowRight: withState(step(true)),
      ArrowLeft: withState(step(false)),
      Backspace: withState(eraseBack),
      Delete: withState(eraseForward),
    }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: NAME,
      groups: "footnote",
      button: buttons.text("¹", gettext("Footnote")),
      command: (editor) => editor.chain().focus().insertFootnote().run(),
      enabled: (editor) => editor.can().insertFootnote(),
      active: (editor) => editor.isActive(NAME),
    })
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            // A key is answered from where the cursor stands now: on a busy machine the browser
            // has moved it, and the news of that is still on its way.
            keydown(view, event) {
              if (!view.composing && event.keyCode !== 229) view.domObserver?.flush()
              return false
            },
            // Accents and characters that are composed: with marks of its own to come, the editor
            // puts the cursor into a place that the browser cannot mistake.
            compositionstart(view) {
              view.domObserver?.flush()
              const { state } = view
              const cursor = cursorOf(state)
              if (isAtEdge(cursor) && !state.storedMarks) {
                view.dispatch(state.tr.setStoredMarks(cursor.$cursor.marks()))
              }
              return false
            },
            // At the edge of a note the browser would choose the side on which a letter lands.
            beforeinput(view, event) {
              if (event.isComposing || event.inputType !== "insertText" || !event.data) return false
              // A cursor that the browser has just moved may not have been read yet.
              view.domObserver?.flush()
              if (!isAtEdge(cursorOf(view.state))) return false
              event.preventDefault()
              view.dispatch(view.state.tr.insertText(event.data).scrollIntoView())
              return true
            },
          },
          // A click beside a note means the sentence, not the note.
          handleClick(view, position, event) {
            const $position = view.state.doc.resolve(position)
            if (!isNote($position.parent) || event.target.closest?.(".footnote")) return false
            const atEnd = $position.parentOffset === $position.parent.content.size
            return moveTo(
              view.state,
              view.dispatch,
              atEnd ? $position.after() : $position.before(),
            )
          },
          handlePaste(view, _event, slice) {
            const { $from, $to } = view.state.selection
            if (!isNote($from.parent) || !$from.sameParent($to)) return false
            const words = oneLine(slice, $from.parent.type)
            view.dispatch(view.state.tr.replaceWith($from.pos, $to.pos, words).scrollIntoView())
            return true
          },
        },
        appendTransaction(_transactions, _before, state) {
          const empty = emptyNotes(state)
          if (!empty.length) return null
          const { tr } = state
          for (const position of empty.reverse()) tr.delete(position, position + 2)
          return tr
        },
      }),
    ]
  },
})
