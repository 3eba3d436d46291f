namespace MonaLisa.PowerShell;

/// <summary>
/// One of an enumeration's values, as a parameter takes it. PowerShell completes parameters of an enumeration by itself, with bare names;
/// a parameter of this type is completed by <see cref="ChoiceCompleter{TEnum}"/>, which says what each name means.
/// </summary>
/// <typeparam name="TEnum">The enumeration; what can be chosen of it has a description.</typeparam>
/// <param name="Value">The value.</param>
public readonly record struct Choice<TEnum>(TEnum Value)
    where TEnum : struct, Enum
{
    /// <summary>The value.</summary>
    public static implicit operator TEnum(Choice<TEnum> choice) => choice.Value;

    /// <summary>The choice of a value.</summary>
    public static implicit operator Choice<TEnum>(TEnum value) => new(value);

    /// <summary>The value's name.</summary>
    public override string ToString() => Value.ToString();
}
