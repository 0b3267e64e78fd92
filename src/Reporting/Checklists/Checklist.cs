namespace HccPipeline.Reporting.Checklists;

/// <summary>A reporting checklist, filled in as far as the system knows.</summary>
public sealed record Checklist
{
    /// <summary>Name, as <c>TRIPOD+AI</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was published.</summary>
    public required string Source { get; init; }

    /// <summary>Items in the order of the checklist.</summary>
    public required IReadOnlyList<ChecklistItem> Items { get; init; }

    /// <summary>Items in a state.</summary>
    public int Count(string state) => Items.Count(i => i.State == state);
}

/// <summary>An item of a checklist.</summary>
public sealed record ChecklistItem
{
    /// <summary>Number in the checklist, as <c>12c</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Part of the paper.</summary>
    public required string Part { get; init; }

    /// <summary>What it asks for, in the words of this program.</summary>
    public required string Topic { get; init; }

    /// <summary><c>known</c>, <c>partly</c>, <c>open</c> or <c>not-applicable</c>.</summary>
    public required string State { get; init; }

    /// <summary>What the system knows; empty when the item is open.</summary>
    public required string Known { get; init; }

    /// <summary>What the authors must add; empty when nothing is missing.</summary>
    public required string ToAdd { get; init; }

    /// <summary>The system knows all that is asked.</summary>
    public static ChecklistItem Is(string number, string part, string topic, string known) => Of(number, part, topic, "known", known, "");

    /// <summary>The system knows some of it.</summary>
    public static ChecklistItem Half(string number, string part, string topic, string known, string toAdd) => Of(number, part, topic, "partly", known, toAdd);

    /// <summary>Only the authors know.</summary>
    public static ChecklistItem Open(string number, string part, string topic, string toAdd) => Of(number, part, topic, "open", "", toAdd);

    /// <summary>Nothing of the kind was done.</summary>
    public static ChecklistItem Not(string number, string part, string topic, string why) => Of(number, part, topic, "not-applicable", why, "");

    private static ChecklistItem Of(string number, string part, string topic, string state, string known, string toAdd) =>
        new() { Number = number, Part = part, Topic = topic, State = state, Known = known, ToAdd = toAdd };
}
