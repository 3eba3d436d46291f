using System.Collections;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>Lets a <see cref="Choice{TEnum}"/>, or an array of them, be given as PowerShell lets an enumeration be given.</summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ChoiceAttribute<TEnum> : ArgumentTransformationAttribute
    where TEnum : struct, Enum
{
    /// <summary>The choice; null for null, which the parameter may take or not.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The value cannot be chosen; the message lists what can.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Painter.Unwrap(inputData) switch
    {
        null => null,
        Choice<TEnum> choice => choice,
        IList list => list.Cast<object?>().Select(Choose).ToArray(),
        _ => Choose(inputData),
    };

    private static Choice<TEnum> Choose(object? value)
    {
        if (Painter.Unwrap(value) is Choice<TEnum> choice)
            return choice;
        return LanguagePrimitives.TryConvertTo(value, out TEnum chosen) && Choices<TEnum>.Contains(chosen)
            ? new Choice<TEnum>(chosen)
            : throw new ArgumentTransformationMetadataException($"'{value}' cannot be chosen. Use one of {Choices<TEnum>.Names}.");
    }
}
