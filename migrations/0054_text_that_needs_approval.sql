-- Who may send only what is approved must not send it by the template of what somebody else scheduled. The last save of a template does not
-- tell who wrote its text, nor the last change of a mass email when somebody looked at it: both are kept by themselves.
alter table email_template add needing_approval_at timestamptz;
alter table email_template add needing_approval_by uuid;
alter table mass_email add scheduled_at timestamptz;

update mass_email set scheduled_at = modified_at where status in ('pending', 'paused') and frozen_at is null;
-- Of what is there as strictly as can be told: whom one role asks for approval.
update email_template t set needing_approval_at = t.modified_at, needing_approval_by = t.modified_by
  from "user" u join role r on r.id = any(u.role_ids) where u.id = t.modified_by and u.type <> 'admin' and r.send_needs_approval;
