-- An administrator may demand a second factor of whoever signs in by password.
alter table single_sign_on add second_factor_for text not null default 'nobody' check (second_factor_for in ('nobody', 'administrators', 'everybody'));

-- By which door a browser came in: whoever comes by the provider is asked there for what it needs, and no second factor of ours is demanded.
alter table session add came_by text not null default 'password' check (came_by in ('password', 'singleSignOn'));
-- Of browsers from before it is known only where there is no password. The others count as come by one, the stricter of the two.
update session set came_by = 'singleSignOn' from "user" u where u.id = session.user_id and u.password_hash is null;

-- The secret of an app that is being set up, sealed. It takes the place of the one that counts once a code of it was given back,
-- so that whoever must have a second factor changes the app without being without one.
alter table "user" add second_factor_next_sealed text;
update "user" set second_factor_next_sealed = second_factor_sealed, second_factor_sealed = null where second_factor_since is null and second_factor_sealed is not null;
