using System.Management.Automation;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>
/// PowerShell's way to a type of parameters. It belongs to the type, by a <see cref="System.ComponentModel.TypeConverterAttribute"/>, because
/// Pester's mocks and proxies have the types of a command's parameters and not their attributes.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
internal abstract class ArgumentConverter<T> : PSTypeConverter
    where T : notnull
{
    /// <summary>Makes the parameter's value of what was given.</summary>
    /// <param name="argument">What was given; never null.</param>
    /// <exception cref="PSInvalidCastException">It is nothing of the kind; the message says what is.</exception>
    protected abstract T Convert(PSObject argument);

    /// <summary>Every value is tried, so that one of another kind gets the type's own message.</summary>
    public sealed override bool CanConvertFrom(PSObject sourceValue, Type destinationType) => destinationType == typeof(T);

    /// <inheritdoc/>
    public sealed override bool CanConvertFrom(object sourceValue, Type destinationType) => destinationType == typeof(T);

    /// <inheritdoc/>
    public sealed override object ConvertFrom(
        PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        sourceValue.BaseObject is T value ? value : ConvertPlainly(sourceValue);

    /// <inheritdoc/>
    public sealed override object ConvertFrom(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        ConvertFrom(PSObject.AsPSObject(sourceValue), destinationType, formatProvider, ignoreCase);

    // What was given may be the name of a file, and PowerShell shows the message as it is.
    private T ConvertPlainly(PSObject argument)
    {
        try
        {
            return Convert(argument);
        }
        catch (PSInvalidCastException exception) when (!PlainText.IsPlain(exception.Message))
        {
            throw new PSInvalidCastException(PlainText.Line(exception.Message), exception);
        }
    }

    /// <inheritdoc/>
    public sealed override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public sealed override object ConvertTo(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"Nothing is converted to {destinationType?.Name} here.");
}
