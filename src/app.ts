/** The only place where the parts meet: routes, scheduled jobs and background tasks of the whole product. */
import type { FastifyInstance } from 'fastify'
import { forgetTeam } from './access/forget-team.ts'
import { forgetOldAudit } from './access/audit.ts'
import { alarmRoutes } from './alarms/routes.ts'
import { accessRoutes } from './access/routes.ts'
import { forgetOldSessions } from './access/sessions.ts'
import { addToTargetList, removeFromTargetList } from './audience/members.ts'
import { runSuppressionImport } from './audience/import-suppressions.ts'
import { audienceRoutes } from './audience/routes.ts'
import { routes as contentRoutes } from './content/routes.ts'
import { dropLeftovers } from './entity-manager/leftovers.ts'
import { entityManagerRoutes } from './entity-manager/routes.ts'
import { revertImport } from './exchange/revert.ts'
import { routes as exchangeRoutes } from './exchange/routes.ts'
import { importTask } from './exchange/run-import.ts'
import { importFolder } from './exchange/start-import.ts'
import { routes as campaignRoutes } from './campaign/routes.ts'
import { followAccountChange } from './delivery/account-switch.ts'
import { freeDomain } from './delivery/domain-waiting.ts'
import { routes as deliveryRoutes } from './delivery/routes.ts'
import { sendMassEmails } from './delivery/send-mass-emails.ts'
import { forgetStoredMail } from './delivery/stored-mail.ts'
import { sendWhatIsDue, startSending } from './delivery/sending.ts'
import { checkGroupEmailAccounts } from './mailbox/check-accounts.ts'
import { forgetIgnoredMessages, forgetRawMessages } from './mailbox/messages.ts'
import { routes as mailboxRoutes } from './mailbox/routes.ts'
import { providerWebhookRoutes } from './provider-webhooks/routes.ts'
import { forgetUsedTokens } from './provider-webhooks/take-post.ts'
import { type OnTestMail, outboundRoutes } from './outbound/routes.ts'
import { countUses } from './pace/allowance.ts'
import { paceRoutes } from './pace/routes.ts'
import { accountOwner, instance } from './pace/scopes.ts'
import type { Db } from './platform/db.ts'
import type { Ground } from './platform/ground.ts'
import type { Route } from './http/serve.ts'
import { forgetNeedlessInvitations, forgetOldResets } from './invitations/forget.ts'
import { mailPasswordReset } from './invitations/password-reset.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { routes as layoutRoutes } from './layouts/routes.ts'
import { byReport, fillFromReport, removeByReport } from './list-sync/fill.ts'
import { reportUses } from './list-sync/in-use.ts'
import { syncTargetList, syncTargetLists } from './list-sync/job.ts'
import { listSyncRoutes } from './list-sync/routes.ts'
import { noticeMailRoutes } from './notice-mail/routes.ts'
import { forgetOldNotices } from './notices/notices.ts'
import { routes as noticeRoutes } from './notices/routes.ts'
import { forgetOldKeys } from './http/idempotency.ts'
import { createServer } from './http/server.ts'
import { taskRoutes } from './http/tasks.ts'
import { ensureJobs, forgetOldRuns, type JobContext, type Jobs, jobTask } from './jobs/jobs.ts'
import { routes as jobRoutes } from './jobs/routes.ts'
import { routes as testGroupRoutes } from './test-groups/routes.ts'
import { bounceLoopRoutes } from './bounce-loop/routes.ts'
import { forgetOldLoops } from './bounce-loop/loops.ts'
import { watchPublicSight } from './health/public-sight.ts'
import { routes as firstRunRoutes } from './first-run/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { runSteps, type Steps } from './jobs/steps.ts'
import { forgetLogDetail } from './log/forget-detail.ts'
import { routes as logRoutes } from './log/routes.ts'
import { forgetOldMessages } from './sandbox/messages.ts'
import { routes as sandboxRoutes } from './sandbox/routes.ts'
import { responseRoutes } from './response/routes.ts'
import { subscriptionsFollow } from './forms/follow-merge.ts'
import { forgetUnconfirmed } from './forms/forget.ts'
import { publicFormRoutes } from './forms/public-routes.ts'
import { routes as formRoutes } from './forms/routes.ts'
import { openVisits, type Visits } from './response/visits.ts'
import { massActionTask, ownMassActions } from './records/mass-action.ts'
import { entityTypes, refreshEntityTypes } from './records/entity-types.ts'
import { recordRoutes } from './records/routes.ts'
import { targetListActions } from './audience/mass-actions.ts'
import { emptyBin } from './bin/forget.ts'
import { forgetDoneBatches } from './records/mass-action-batches.ts'
import { undoRoutes } from './undo/routes.ts'
import { undoTask } from './undo/undo.ts'
import { duplicateRoutes } from './duplicates/routes.ts'
import { deliveriesFollow } from './delivery/follow-merge.ts'
import { notMailedFollow } from './delivery/follow-not-mailed.ts'
import { logFollows } from './log/follow-merge.ts'
import { findingsFollow } from './mailbox/follow-merge.ts'
import { testGroupsFollow } from './test-groups/follow-merge.ts'
import type { Followers } from './records/follow.ts'
import { forgetOldTasks, type TaskKind } from './platform/task.ts'
import type { TaskGroup } from './platform/task-runner.ts'
import { routes as viewRoutes } from './views/routes.ts'
import { makeIndexTask } from './slow-filters/make-index.ts'
import { routes as slowFilterRoutes } from './slow-filters/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { forgetOldReportMail } from './report-mail/failures.ts'
import { reportMailRoutes } from './report-mail/routes.ts'
import { sendScheduledReports } from './report-mail/send-scheduled.ts'
import { sendCampaignSummaries } from './report-mail/summaries.ts'
import { forgetUsedStates } from './single-sign-on/attempt.ts'
import { singleSignOnRoutes } from './single-sign-on/routes.ts'
import { passwordsForAdministratorsOnly } from './single-sign-on/settings.ts'
import { watchFilters } from './slow-filters/watch.ts'
import { forgetOldChanges } from './settings/history.ts'
import { forgetUnusedImages } from './settings/images.ts'
import { settingsFileRoutes } from './settings-file/routes.ts'
import { forgetOldPosts } from './webhooks/post.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { readGeneral } from './settings/settings.ts'
import { forgetOldMail } from './system-mail/queue.ts'
import { askDomainTask } from './signing/domain-facts.ts'
import { routes as signingRoutes } from './signing/routes.ts'

export type App = {
  server: FastifyInstance
  routes: Route[]
  jobs: Jobs
  taskGroups: TaskGroup[]
  visits: Visits
  /** Begins to carry what is due, until stopped. */
  startSending(): Promise<{ stop(): Promise<void> }>
  /** Carries what is due and open now, and returns; for tests and commands. */
  sendWhatIsDue(): Promise<number>
}

/** What a role can speak of: every entity type, and what is no record but has an assigned user and teams like one. */
const typesWithRights = (): string[] => [...entityTypes().map(({ name }) => name), 'Campaign', 'TargetList', 'EmailTemplate', 'Report']

const jobSlots = 4
const longWorkSlots = 2
const dnsSlots = 2

/** Joins the parts on the given ground. Nothing runs yet: services.ts starts what a process is for. */
export async function createApp(ground: Ground, options: { webFolder?: string | undefined; checkAnswers?: boolean } = {}): Promise<App> {
  const jobs: Jobs = {
    'send-mass-emails': { title: 'Send Mass Emails', schedule: '* * * * *', run: sendMassEmails },
    'check-group-email-accounts': { title: 'Check Group Email Accounts', schedule: '* * * * *', run: checkGroupEmailAccounts(ground.secrets) },
    'sync-target-lists': { title: 'Sync Target Lists with Reports', schedule: '0 * * * *', run: syncTargetLists },
    'send-scheduled-reports': { title: 'Send Scheduled Reports', schedule: '*/15 * * * *', run: sendScheduledReports },
    'send-campaign-summaries': { title: 'Send Campaign Summaries', schedule: '*/15 * * * *', run: sendCampaignSummaries },
    'clean-up': { title: 'Clean Up', schedule: '0 3 * * *', run: cleanUp },
  }
  const visits = openVisits(ground.db, ground.log)
  const massActions = { ...ownMassActions, ...targetListActions }
  const followers: Followers = { log: logFollows, deliveries: deliveriesFollow, notMailed: notMailedFollow, findings: findingsFollow, testGroups: testGroupsFollow, subscriptions: subscriptionsFollow }
  const routes: Route[] = [
    ...recordRoutes(massActions, watchFilters()), ...slowFilterRoutes, ...layoutRoutes, ...viewRoutes, ...undoRoutes(followers), ...duplicateRoutes(followers), ...exchangeRoutes,
    ...entityManagerRoutes(() => slugsOf(routes)),
    ...accessRoutes(typesWithRights, passwordsForAdministratorsOnly), ...singleSignOnRoutes, ...settingsRoutes(followAccountChange), ...settingsFileRoutes(followAccountChange), ...taskRoutes, ...noticeRoutes, ...jobRoutes, ...healthRoutes(ground), ...bounceLoopRoutes,
    ...audienceRoutes(byReport), ...listSyncRoutes, ...campaignRoutes, ...deliveryRoutes, ...outboundRoutes(countTestMail), ...mailboxRoutes, ...providerWebhookRoutes(), ...testGroupRoutes, ...paceRoutes(freeDomain), ...signingRoutes, ...contentRoutes, ...logRoutes, ...reportRoutes(reportUses), ...sandboxRoutes, ...responseRoutes(ground, visits),
    ...formRoutes, ...publicFormRoutes(ground), ...reportMailRoutes, ...noticeMailRoutes, ...firstRunRoutes, ...invitationRoutes(passwordsForAdministratorsOnly), ...webhookRoutes, ...alarmRoutes,
  ]
  await refreshEntityTypes(ground.db)
  const groups: TaskGroup[] = [
    { kinds: { job: jobTask(jobs) }, slots: jobSlots },
    { kinds: { massAction: massActionTask(massActions), undo: undoTask(followers), import: importTask(importFolder(ground.environment.dataDir)), revertImport, addToTargetList, removeFromTargetList, fillFromReport, removeByReport, syncTargetList, importSuppressions: runSuppressionImport, makeIndex: makeIndexTask, forgetTeam }, slots: longWorkSlots },
    { kinds: { askDomain: askDomainTask(ground.environment.dns) }, slots: dnsSlots },
    { kinds: { mailPasswordReset: mailPasswordReset(ground.secrets) }, slots: 1 },
  ]
  const taskGroups = groups.map(({ kinds, slots }) => ({ kinds: knowingTypes(kinds), slots }))
  await ensureJobs(ground.db, jobs)
  return {
    server: await createServer(ground, { ...options, routes, beforeApiCall: () => refreshEntityTypes(ground.db), onPublicRequest: watchPublicSight(ground) }), routes, jobs, taskGroups, visits,
    startSending: () => startSending(ground), sendWhatIsDue: () => sendWhatIsDue(ground),
  }
}

const countTestMail: OnTestMail = ({ db, clock }, accountId) => countUses(db, clock, [{ owners: [instance, accountOwner(accountId)], count: 1 }])

/** What the addresses of the API begin with: a custom type must not be called so. */
const slugsOf = (routes: readonly Route[]): Set<string> =>
  new Set(routes.map((route) => ('endpoint' in route ? route.endpoint.path : route.url).split('/')[3] ?? '').filter((part) => part !== '' && !part.startsWith(':')))

/** A task begins with the entity types as they are now. */
const knowingTypes = (kinds: Record<string, TaskKind>): Record<string, TaskKind> =>
  Object.fromEntries(Object.entries(kinds).map(([name, run]): [string, TaskKind] => [name, async (task, input) => {
    await refreshEntityTypes(task.db)
    return run(task, input)
  }]))

/** What nobody asks for any more, and what the settings keep only for some days. No entry of the campaign log and nothing that proves a "no" is among it. */
function cleanUp({ db, clock, signal }: JobContext) {
  const now = clock()
  return runSteps({
    massActionBatches: () => forgetDoneBatches(db), ...byRetention(db, now, signal), images: () => forgetUnusedImages(db, now),
    sessions: () => forgetOldSessions(db, now), passwordResets: () => forgetOldResets(db, now), invitations: () => forgetNeedlessInvitations(db), singleSignOnStates: () => forgetUsedStates(db, now),
    idempotencyKeys: () => forgetOldKeys(db), tasks: () => forgetOldTasks(db), jobRuns: () => forgetOldRuns(db, now),
    mailboxMessages: () => forgetIgnoredMessages(db, now), webhookTokens: () => forgetUsedTokens(db, now), binRecords: () => emptyBin(db, now),
    unconfirmedSubscriptions: () => forgetUnconfirmed(db, now), bounceLoops: () => forgetOldLoops(db, now),
    leftovers: () => dropLeftovers(db, now), systemMail: () => forgetOldMail(db, now), webhookPosts: () => forgetOldPosts(db, now), reportMails: () => forgetOldReportMail(db, now),
  }, signal)
}

/** As long as Administration > Settings says. */
function byRetention(db: Db, now: Date, signal: AbortSignal): Steps {
  const older = (setting: 'keepLogDetailDays' | 'keepRawMailDays' | 'keepAuditDays' | 'keepNoticesDays', ...forget: ((db: Db, keptSince: Date, signal: AbortSignal) => Promise<number>)[]) => async () => {
    const { [setting]: days } = await readGeneral(db)
    let count = 0
    if (days !== null) for (const each of forget) count += await each(db, new Date(now.getTime() - days * 24 * 3600_000), signal)
    return count
  }
  return {
    logDetail: older('keepLogDetailDays', forgetLogDetail), rawMail: older('keepRawMailDays', forgetStoredMail, forgetRawMessages, forgetOldMessages),
    auditEntries: older('keepAuditDays', forgetOldAudit, forgetOldChanges), notices: older('keepNoticesDays', forgetOldNotices),
  }
}
