/** Looks into the chosen file again with each change of how it is read; of several answers under way only that to the last question counts. */
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { FileReading, Preview } from '../../../src/exchange/contract.ts'
import type { ApiError } from '../../api/problem.ts'
import { lookInto } from './look-into.ts'

type Question = { file: File; entityType: string; reading: FileReading }

export function usePreview(onPreview: (preview: Preview) => void) {
  const turn = useRef(0)
  const { mutate, isPending, error } = useMutation<Preview, ApiError, Question & { turn: number }>({
    mutationFn: ({ file, entityType, reading }) => lookInto(file, { entityType, ...reading }),
    onSuccess: (preview, asked) => { if (asked.turn === turn.current) onPreview(preview) },
  })
  return { ask: (question: Question) => mutate({ ...question, turn: ++turn.current }), isPending, error }
}
