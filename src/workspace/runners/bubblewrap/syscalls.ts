// Numbers of the system calls that the box refuses or looks at, by processor.
// From the kernel's own headers; a test compares them where those are installed.

export interface Processor {
	/** How the kernel names it in a filter (AUDIT_ARCH_…). */
	readonly audit: number;
	/** Calls from here on are another ABI of the same processor. */
	readonly otherAbi?: number;
	readonly refused: Readonly<Record<string, number>>;
	readonly limited: Readonly<Record<Limited, number>>;
}

/** Programs need these, though not all that they can do. */
export type Limited =
	| "clone"
	| "clone3"
	| "ioctl"
	| "personality"
	| "socket"
	| "socketpair";

/** Newer calls have one number everywhere. */
const EVERYWHERE = {
	fsconfig: 431,
	fsmount: 432,
	fsopen: 430,
	fspick: 433,
	io_uring_enter: 426,
	io_uring_register: 427,
	io_uring_setup: 425,
	memfd_secret: 447,
	mount_setattr: 442,
	move_mount: 429,
	open_tree: 428,
	pidfd_getfd: 438,
	process_madvise: 440,
	process_mrelease: 448,
	quotactl_fd: 443,
};

export const PROCESSORS: Readonly<Record<string, Processor>> = {
	x64: {
		audit: 0xc000003e,
		otherAbi: 0x40000000,
		refused: {
			...EVERYWHERE,
			acct: 163,
			add_key: 248,
			bpf: 321,
			chroot: 161,
			delete_module: 176,
			fanotify_init: 300,
			finit_module: 313,
			init_module: 175,
			ioperm: 173,
			iopl: 172,
			kcmp: 312,
			kexec_file_load: 320,
			kexec_load: 246,
			keyctl: 250,
			memfd_create: 319,
			modify_ldt: 154,
			mount: 165,
			mq_open: 240,
			msgget: 68,
			name_to_handle_at: 303,
			open_by_handle_at: 304,
			perf_event_open: 298,
			pivot_root: 155,
			process_vm_readv: 310,
			process_vm_writev: 311,
			ptrace: 101,
			quotactl: 179,
			reboot: 169,
			request_key: 249,
			setns: 308,
			shmget: 29,
			swapoff: 168,
			swapon: 167,
			syslog: 103,
			umount2: 166,
			unshare: 272,
			userfaultfd: 323,
		},
		limited: {
			clone: 56,
			clone3: 435,
			ioctl: 16,
			personality: 135,
			socket: 41,
			socketpair: 53,
		},
	},
	arm64: {
		audit: 0xc00000b7,
		refused: {
			...EVERYWHERE,
			acct: 89,
			add_key: 217,
			bpf: 280,
			chroot: 51,
			delete_module: 106,
			fanotify_init: 262,
			finit_module: 273,
			init_module: 105,
			kcmp: 272,
			kexec_file_load: 294,
			kexec_load: 104,
			keyctl: 219,
			memfd_create: 279,
			mount: 40,
			mq_open: 180,
			msgget: 186,
			name_to_handle_at: 264,
			open_by_handle_at: 265,
			perf_event_open: 241,
			pivot_root: 41,
			process_vm_readv: 270,
			process_vm_writev: 271,
			ptrace: 117,
			quotactl: 60,
			reboot: 142,
			request_key: 218,
			setns: 268,
			shmget: 194,
			swapoff: 225,
			swapon: 224,
			syslog: 116,
			umount2: 39,
			unshare: 97,
			userfaultfd: 282,
		},
		limited: {
			clone: 220,
			clone3: 435,
			ioctl: 29,
			personality: 92,
			socket: 198,
			socketpair: 199,
		},
	},
};
