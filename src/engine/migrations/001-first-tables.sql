-- json, not jsonb: it keeps every text as it came, also U+0000 escapes.

create table deliveries (
	seq bigint generated always as identity primary key,
	id text not null unique,
	event text not null,
	action text not null,
	digest text not null unique,
	subject text unique,
	topic text not null,
	payload json not null,
	state text not null default 'new' check (state in ('new', 'done', 'failed')),
	error text,
	tries integer not null default 0,
	next_at timestamptz not null default now(),
	received_at timestamptz not null default now()
);
create index new_deliveries on deliveries (seq) where state = 'new';

create table runs (
	id text primary key,
	repo_id bigint not null,
	issue integer not null,
	run_no integer not null,
	live boolean not null,
	state json not null,
	version integer not null default 1,
	unique (repo_id, issue, run_no)
);
create unique index one_live_run_per_task on runs (repo_id, issue) where live;

create table orders (
	id bigint generated always as identity primary key,
	run_id text not null references runs,
	what json not null,
	done_at timestamptz,
	tries integer not null default 0,
	next_at timestamptz not null default now(),
	error text
);
create index undone_orders on orders (id) where done_at is null;

create table attempts (
	run_id text not null references runs,
	phase integer not null,
	attempt integer not null,
	run json not null,
	started_at timestamptz not null default now(),
	crashes integer not null default 0,
	primary key (run_id, phase, attempt)
);

create table reports (
	run_id text not null references runs,
	phase integer not null,
	attempt integer not null,
	report json not null,
	saved_at timestamptz not null default now(),
	primary key (run_id, phase, attempt)
);

create table turns (
	id bigint generated always as identity primary key,
	run_id text not null references runs,
	conversation text not null,
	turn integer not null,
	model text not null,
	asked integer not null default 1,
	asked_by text not null,
	repeated integer not null default 0,
	earlier_usd double precision not null default 0,
	reserved_usd double precision not null,
	usd double precision,
	usage json,
	asked_at timestamptz not null default now(),
	answered_at timestamptz,
	unique (conversation, turn)
);
create index turns_of_run on turns (run_id);

-- The turns a dying process cost: at most one per agent at work.
create view repeated_turns as select * from turns where repeated > 0;

create table published (
	run_id text not null,
	key text not null,
	value json not null,
	primary key (run_id, key)
);

create table executors (
	id text primary key,
	left_at timestamptz not null default now()
);
