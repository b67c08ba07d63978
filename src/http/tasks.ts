/** Background tasks over HTTP: follow one, cancel one, one's own last ones. */
import { z } from 'zod'
import { isAdministrator } from '../access/actor.ts'
import { byId, endpoint, TaskSchema } from '../platform/endpoint.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { belongsTo, cancelTask, readTask, recentTasks } from '../platform/task.ts'
import { type Route, serve } from './serve.ts'

const getTask = endpoint('GET /api/v1/tasks/:id', { allow: 'signedIn', summary: 'A background task of your own (administrators: any): status, progress, result', params: byId, result: TaskSchema })
const listTasks = endpoint('GET /api/v1/tasks', { allow: 'signedIn', summary: 'Your last background tasks', result: z.object({ items: z.array(TaskSchema) }) })
const stopTask = endpoint('DELETE /api/v1/tasks/:id', { allow: 'signedIn', summary: 'Cancel a task of your own (administrators: any); what it has committed stays', params: byId })

export const taskRoutes: Route[] = [
  serve(getTask, async ({ db, actor, params }) => {
    if (!isAdministrator(actor) && !(await belongsTo(db, params.id, actor.userId))) throw notFound('task', params.id)
    return readTask(db, params.id)
  }),
  serve(listTasks, async ({ db, actor }) => ({ items: await recentTasks(db, actor.userId) })),
  serve(stopTask, async ({ db, actor, params }) => {
    if (!isAdministrator(actor) && !(await belongsTo(db, params.id, actor.userId))) {
      throw new AppError('forbidden', 'notYourTask', 'Only an administrator may cancel a task that somebody else has started.')
    }
    await cancelTask(db, params.id)
  }),
]
