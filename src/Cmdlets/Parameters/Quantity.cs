namespace MonaLisa.PowerShell;

/// <summary>
/// A quantity, as a parameter takes it: it is made of texts that PowerShell does not read so itself, and compares with them. The type
/// converts by itself, so mocks and proxies, which keep a parameter's type alone, take the same texts.
/// </summary>
/// <typeparam name="TSelf">The type of the quantity, which has a method Parse.</typeparam>
/// <typeparam name="TValue">The type of its value.</typeparam>
/// <param name="Value">The value.</param>
public abstract record Quantity<TSelf, TValue>(TValue Value) : IComparable
    where TSelf : Quantity<TSelf, TValue>
    where TValue : struct, IComparable<TValue>
{
    /// <summary>The value.</summary>
    public static implicit operator TValue(Quantity<TSelf, TValue> quantity) => quantity.Value;

    /// <summary>The value; null for null.</summary>
    public static implicit operator TValue?(Quantity<TSelf, TValue>? quantity) => quantity?.Value;

    /// <summary>Whether a quantity is the smaller one.</summary>
    public static bool operator <(Quantity<TSelf, TValue> left, Quantity<TSelf, TValue> right) => left.CompareTo(right) < 0;

    /// <summary>Whether a quantity is the larger one.</summary>
    public static bool operator >(Quantity<TSelf, TValue> left, Quantity<TSelf, TValue> right) => left.CompareTo(right) > 0;

    /// <summary>Whether a quantity is not the larger one.</summary>
    public static bool operator <=(Quantity<TSelf, TValue> left, Quantity<TSelf, TValue> right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a quantity is not the smaller one.</summary>
    public static bool operator >=(Quantity<TSelf, TValue> left, Quantity<TSelf, TValue> right) => left.CompareTo(right) >= 0;

    /// <summary>Compares the values.</summary>
    public int CompareTo(object? obj) => obj is TSelf other ? Value.CompareTo(other.Value) : 1;
}
