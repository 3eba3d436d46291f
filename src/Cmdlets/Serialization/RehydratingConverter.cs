using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>
/// PowerShell's way to this module's objects from what they became on their way out of another session: at once where the module is
/// loaded, or when a command or a cast needs them. What comes is a stranger's and is checked.
/// </summary>
public sealed class RehydratingConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) =>
        Rehydration.Knows(destinationType) && Rehydration.IsBagOf(sourceValue, destinationType);

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject bag && CanConvertFrom(bag, destinationType);

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        CanConvertFrom(sourceValue, destinationType)
            ? Rehydration.Read(sourceValue, destinationType)
            : throw new PSInvalidCastException($"The object is no {destinationType?.Name} from another session.");

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        ConvertFrom(PSObject.AsPSObject(sourceValue), destinationType, formatProvider, ignoreCase);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"Nothing is converted to {destinationType?.Name} here.");
}
