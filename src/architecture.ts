/**
 * The architecture, as a table: what each module does, which tables it alone writes, whom it may import.
 * test/architecture.test.ts holds the code to it; `npm run generate` draws docs/generated/modules.md from it.
 * Every module may import `platform`; every `routes.ts` may import `http` and `access`. main.ts, app.ts and services.ts join the parts.
 */
export type Module = { does: string; writes: readonly string[]; imports: readonly string[] }

export const modules: Record<string, Module> = {
  platform: { does: 'database, clock, errors, endpoints, background tasks, secrets, tokens: knows no business', writes: ['migration', 'task'], imports: [] },
  http: { does: 'turns endpoints into a web server: sessions, CSRF, problem answers, OpenAPI, static files', writes: ['idempotency_key'], imports: [] },
  access: { does: 'who may come in, and what he may do there: users, sessions, passwords, API keys, roles, teams, rights as data and as SQL, audit log', writes: ['user', 'session', 'api_key', 'role', 'team', 'audit_entry', 'sign_in_failure'], imports: ['listing'] },
  settings: { does: 'what an administrator sets: general, outbound emails', writes: ['setting'], imports: ['access'] },
  listing: { does: 'one way to list anything: filter tree to SQL, text search, sort, keyset pages', writes: [], imports: [] },
  notices: { does: 'what people should know without asking: said once, read by each for himself', writes: ['notice', 'notice_reader'], imports: ['listing', 'settings'] },
  jobs: { does: 'scheduled jobs: their schedules, runs and log', writes: ['scheduled_job', 'scheduled_job_run'], imports: ['listing', 'settings'] },
  bin: { does: 'what was deleted or changed, put aside for 30 days in the transaction that did it, and forgotten', writes: ['bin_action', 'bin_record', 'bin_link', 'bin_change'], imports: [] },
  records: { does: 'entity types as data, and every record of them: list, read, write, mass actions', writes: ['account', 'contact', 'lead', 'user', 'mass_action_batch'], imports: ['listing', 'settings', 'access', 'bin'] },
  layouts: { does: 'what lists, forms, panels and filters show, by entity type; apart from records because target lists have panels too, and records know of no screen', writes: ['layout'], imports: ['records', 'access'] },
  views: { does: 'lists of records as people keep them: saved and shared views, chosen columns', writes: ['saved_view', 'list_columns'], imports: ['listing', 'records', 'access'] },
  'slow-filters': { does: 'lists of records that were slow for want of an index: noticed, shown, the index made while everybody works', writes: ['slow_filter'], imports: ['records', 'notices', 'access'] },
  audience: { does: 'target lists, members, opt-outs, suppressions, and the verdict on every candidate', writes: ['target_list', 'target_list_member', 'opt_out', 'suppression'], imports: ['listing', 'records', 'settings', 'access'] },
  'entity-manager': { does: 'entity types, fields and relationships as an administrator shapes them: checked, made as tables and columns, undone', writes: ['entity_type', 'entity_field', 'relationship', 'entity_schema', 'entity_change', 'entity_leftover'], imports: ['listing', 'records', 'layouts', 'views', 'audience', 'content', 'settings', 'access'] },
  duplicates: { does: 'records that may be one person or company: found, compared, made one', writes: [], imports: ['bin', 'records', 'listing', 'audience', 'access'] },
  undo: { does: 'what was deleted, changed for many or merged comes back; the bin as lists', writes: [], imports: ['listing', 'bin', 'records', 'audience', 'access'] },
  exchange: { does: 'records in and out of files, CSV and XLSX: import, rejects, revert, export', writes: ['import', 'import_row', 'import_file'], imports: ['listing', 'records', 'bin', 'audience', 'settings', 'access'] },
  content: { does: 'email templates: placeholders, escaping, text part, opt-out link, preview', writes: ['email_template', 'email_template_version'], imports: ['listing', 'records', 'message', 'settings', 'access'] },
  signing: { does: 'DKIM keys and their DNS records: made, checked, switched; SPF, DKIM and DMARC of the domains we send from', writes: ['dkim_key', 'domain_check'], imports: ['listing', 'message', 'access'] },
  outbound: { does: 'how mail leaves: SMTP accounts, the SMTP client, kept connections, the circuit breaker', writes: ['outbound_account', 'sender_identity'], imports: ['listing', 'settings', 'access', 'signing'] },
  pace: { does: 'how fast mail may leave: the allowance of every sliding hour, rules for domains, routes that slow down, outages, the forecast', writes: ['allowance', 'allowance_clock', 'allowance_hold', 'allowance_use', 'domain_rule', 'slow_route', 'domain_traffic', 'domain_outage', 'unknown_address'], imports: ['listing', 'audience', 'outbound', 'settings', 'access'] },
  'system-mail': { does: 'mail that the product itself writes (confirmations, reports, notices): an outbox and whoever carries it', writes: ['system_mail', 'system_mail_file'], imports: ['message', 'outbound', 'pace', 'settings', 'signing'] },
  campaign: { does: 'campaigns, mass emails and their life, tracking URLs, pre-flight', writes: ['campaign', 'campaign_target_list', 'mass_email', 'mass_email_target_list', 'tracking_url'], imports: ['listing', 'records', 'audience', 'content', 'outbound', 'settings', 'access', 'signing'] },
  log: { does: 'the campaign log (append only) and the figures kept with it', writes: ['log_entry', 'figure', 'figure_hour', 'figure_domain'], imports: ['listing', 'records', 'audience', 'exchange', 'content', 'campaign', 'settings', 'access'] },
  charts: { does: 'charts as data, and their drawing: the same for browser and mail; no database, no network', writes: [], imports: [] },
  reports: { does: 'reports: lists and grids over records, deliveries and the campaign log, run with the rights of whoever looks; what stands on Home', writes: ['report', 'report_pin'], imports: ['listing', 'charts', 'records', 'audience', 'exchange', 'campaign', 'settings', 'access'] },
  'list-sync': { does: 'target lists kept in step with reports: filled, mirrored, before every freezing; held where people would be mailed who should not', writes: ['report_sync', 'report_sync_report', 'report_sync_run', 'sync_hold'], imports: ['listing', 'records', 'audience', 'reports', 'notices', 'settings', 'access'] },
  message: { does: 'one RFC 5322 message as bytes: headers, MIME parts, encodings, signed ids', writes: [], imports: [] },
  bounce: { does: 'what a message that came back is, and which addresses are dead: rules as tables, no network, no database', writes: [], imports: [] },
  delivery: { does: 'the ledger: freezing an audience, claiming, pacing, carrying, settling, recovering', writes: ['delivery', 'wire', 'not_mailed', 'stored_mail', 'sender'], imports: ['listing', 'records', 'audience', 'content', 'campaign', 'outbound', 'pace', 'log', 'list-sync', 'message', 'bounce', 'notices', 'settings', 'access', 'signing'] },
  'test-groups': { does: 'saved groups of records that get tests', writes: ['test_group', 'test_group_recipient'], imports: ['listing', 'records', 'settings', 'access'] },
  response: { does: 'public pages: click, open, opt-out, one-click, view, preferences', writes: ['visit'], imports: ['audience', 'campaign', 'content', 'delivery', 'log', 'message', 'settings'] },
  forms: { does: 'subscription forms: their pages, double opt-in, proof of consent', writes: ['subscription_form', 'subscription_form_list', 'subscription_form_text', 'subscription', 'subscription_attempt'], imports: ['listing', 'records', 'audience', 'content', 'response', 'system-mail', 'settings', 'access'] },
  mailbox: { does: 'group email accounts: reads by IMAP what comes back, finds the delivery, asks for proof, then acts', writes: ['group_email_account', 'mailbox_folder', 'mailbox_message', 'mailbox_finding'], imports: ['listing', 'jobs', 'records', 'audience', 'outbound', 'log', 'message', 'bounce', 'delivery', 'notices', 'response', 'settings', 'access'] },
  receiver: { does: 'the SMTP receiver of the bounce domain: takes what comes back to our own signed addresses, relays nothing', writes: [], imports: ['mailbox', 'message', 'settings'] },
  'provider-webhooks': { does: 'what Amazon SES, SendGrid, Postmark and Mailgun tell of our mail: signatures checked, then as returned mail', writes: ['provider_webhook', 'provider_webhook_token'], imports: ['listing', 'bounce', 'mailbox', 'access', 'settings'] },
  sandbox: { does: 'the built-in mail server of a fresh installation, its inbox and its answers', writes: ['sandbox_message'], imports: ['listing', 'outbound', 'mailbox', 'settings'] },
  health: { does: 'Delivery Health, why nothing goes out, metrics', writes: [], imports: ['access', 'jobs', 'settings', 'records', 'audience', 'campaign', 'outbound', 'pace', 'list-sync', 'delivery', 'log', 'signing'] },
  demo: { does: 'sample data, a sample campaign and readers who answer it', writes: [], imports: ['*'] },
  cli: { does: 'the tidings command: one file a command', writes: [], imports: ['*'] },
}
