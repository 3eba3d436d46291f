using System.Collections.ObjectModel;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>A list that nobody changes. A column of a CSV file shows its text, where other lists show the name of a type.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="items">The items.</param>
/// <param name="noun">What an item is called, such as epoch; null where they are few, and their own texts are shown.</param>
internal sealed class Listing<T>(IList<T> items, string? noun = null) : ReadOnlyCollection<T>(items)
{
    /// <summary>How many items there are, or their texts.</summary>
    public override string ToString() => noun is null ? string.Join(", ", Items) : Counted.Text(Count, noun);
}
