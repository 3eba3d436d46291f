using System.Collections.ObjectModel;

namespace MonaLisa.Engine;

/// <summary>A list that nobody changes. A column of a CSV file shows its text, where other lists show the name of a type.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="items">The items.</param>
/// <param name="noun">What the items are called, such as epochs; null where they are few, and their own texts are shown.</param>
internal sealed class Listing<T>(IList<T> items, string? noun = null) : ReadOnlyCollection<T>(items)
{
    /// <summary>How many items there are, or their texts.</summary>
    public override string ToString() => noun is null ? string.Join(", ", Items) : $"{Count} {noun}";
}
