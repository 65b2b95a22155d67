// Names that a module's own statements use and bind as they run one after the
// other; what stands in functions, classes and comprehensions runs at another time
// or in a scope of its own.
import { field, type PyNode } from "./node.ts";

export interface NameEvent {
	readonly name: string;
	readonly binds: boolean;
	readonly node: PyNode;
}

const OWN_SCOPE =
	/^(lambda|list_comprehension|set_comprehension|dictionary_comprehension|generator_expression|type)$/;

/** In the order they happen. */
export function nameEvents(module: PyNode): NameEvent[] {
	const events: NameEvent[] = [];
	const use = (node: PyNode) =>
		events.push({ name: node.text, binds: false, node });
	const bind = (node: PyNode | undefined, name = node?.text) => {
		if (node && name) events.push({ name, binds: true, node });
	};
	const all = (nodes: readonly PyNode[]) => nodes.forEach(visit);
	/** A target binds its names; what it is an item or a field of is used. */
	const target = (node: PyNode | undefined): void => {
		if (node?.type === "identifier") bind(node);
		else if (/^(attribute|subscript)$/.test(node?.type ?? ""))
			all([node as PyNode]);
		else node?.children.forEach(target);
	};
	const visit = (node: PyNode): void => {
		const { type, children } = node;
		if (OWN_SCOPE.test(type)) return;
		switch (type) {
			case "identifier":
				use(node);
				return;
			case "function_definition":
			case "class_definition":
				bind(field(node, "name"));
				return;
			case "attribute":
				all(children.slice(0, 1));
				return;
			case "keyword_argument":
				all(children.slice(1));
				return;
			case "assignment":
			case "named_expression":
			case "for_statement": {
				const left = field(node, "left") ?? field(node, "name");
				all(
					children.filter(
						(one) => one !== left && /^(right|value)$/.test(one.role ?? ""),
					),
				);
				target(left);
				all(
					children.filter(
						(one) =>
							one !== left && !/^(right|value|type)$/.test(one.role ?? ""),
					),
				);
				return;
			}
			case "import_statement":
			case "import_from_statement":
				for (const one of children) {
					if (one === field(node, "module_name")) continue;
					const alias = field(one, "alias");
					bind(alias ?? one, (alias ?? one).text.split(".")[0]);
				}
				return;
			case "as_pattern":
				all(children.slice(0, 1));
				target(children[1]);
				return;
			case "global_statement":
			case "delete_statement":
				return;
			default:
				all(children);
		}
	};
	visit(module);
	return events;
}
