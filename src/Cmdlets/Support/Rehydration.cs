using System.Management.Automation;
using System.Reflection;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>Makes objects again from those of a background job, a remote session or a CLIXML file.</summary>
internal static class Rehydration
{
    private const string DeserializedPrefix = "Deserialized.";

    private static readonly Dictionary<Type, Func<PropertyBag, object>> Readers = new()
    {
        [typeof(Mlp)] = ReadNetwork,
        [typeof(PixelDataset)] = ReadDataset,
        [typeof(TrainingOptions)] = ReadOptions,
        [typeof(EpochRecord)] = ReadRecord,
        [typeof(TrainingRun)] = ReadRun,
        [typeof(ExperimentRow)] = ExperimentRow.From,
    };

    /// <summary>Whether objects of a type can be made again.</summary>
    public static bool Knows(Type type) => Readers.ContainsKey(type);

    /// <summary>Whether a value is what has become of an object of a type.</summary>
    public static bool IsBagOf(object? value, Type type) =>
        value is PSObject { BaseObject: PSCustomObject } bag
        && bag.TypeNames.Contains(DeserializedPrefix + type.FullName, StringComparer.Ordinal);

    /// <summary>The object where the value is one of the type, made again where it is what has become of one, or else null.</summary>
    /// <exception cref="PSInvalidCastException">It cannot be made again; the message says why.</exception>
    public static object? Find(object? value, Type type) =>
        Argument.Unwrap(value) is object live && type.IsInstanceOfType(live) ? live
        : IsBagOf(value, type) ? Read((PSObject)value!, type)
        : null;

    /// <summary>
    /// The value without PowerShell's wrapping, made again where it is what has become of an object of this module and can be; otherwise
    /// there is a <see cref="Problem"/>.
    /// </summary>
    public static object? Live(object? value)
    {
        try
        {
            return TypeOf(value) is Type type ? Read((PSObject)value!, type) : Argument.Unwrap(value);
        }
        catch (PSInvalidCastException)
        {
            return Argument.Unwrap(value);
        }
    }

    /// <summary>Why an object of this module cannot be made again; null where it can, or where the value is nothing of the kind.</summary>
    public static PSInvalidCastException? Problem(object? value)
    {
        try
        {
            if (TypeOf(value) is Type type)
                Read((PSObject)value!, type);
            return null;
        }
        catch (PSInvalidCastException exception)
        {
            return exception;
        }
    }

    /// <summary>Makes an object of a type again.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public static object Read(PSObject bag, Type type)
    {
        var properties = new PropertyBag(bag, type);
        try
        {
            return Readers[type](properties);
        }
        catch (Exception exception) when (exception is ModelFileException or PictureException or ArgumentException)
        {
            throw properties.Invalid(exception.Message.TrimEnd('.'), exception);
        }
    }

    private static Type? TypeOf(object? value) => Readers.Keys.FirstOrDefault(type => IsBagOf(value, type));

    private static Mlp ReadNetwork(PropertyBag bag) => ModelFile.FromBytes(bag.Bytes("SerializedModel")).Network;

    private static PixelDataset ReadDataset(PropertyBag bag) => PixelDataset.FromPackedBytes(
        bag.Text(nameof(PixelDataset.Name)), bag.Int32(nameof(PixelDataset.Width)), bag.Int32(nameof(PixelDataset.Height)),
        bag.Int32(nameof(PixelDataset.Channels)), bag.Int32(nameof(PixelDataset.BitDepth)), bag.Bytes("SerializedPixels"))
        .WithResolution((double?)bag.Read(nameof(PixelDataset.PixelsPerInch), typeof(double?)));

    private static TrainingOptions ReadOptions(PropertyBag bag)
    {
        TrainingOptions options = Fill(new TrainingOptions(), bag);
        options.Validate();
        // A library of the other machine's need not be here too.
        return options.Provider == ComputeProvider.Mkl && !ComputeProviders.Describe(ComputeProvider.Mkl).IsAvailable
            ? options with { Provider = ComputeProvider.Auto } : options;
    }

    private static EpochRecord ReadRecord(PropertyBag bag)
    {
        EpochRecord record = Fill(new EpochRecord(), bag);
        return record is { Epoch: >= 1 } && IsTrainingTime(record.Elapsed) ? record : throw bag.Invalid("there is no such epoch or time");
    }

    private static TrainingRun ReadRun(PropertyBag bag)
    {
        TrainingRun run = Fill(new TrainingRun(), bag);
        if (run.Network.OutputCount != run.Dataset.Channels)
            throw bag.Invalid($"its network has {Counted.Text(run.Network.OutputCount, "output")}, and its picture has {Counted.Text(run.Dataset.Channels, "channel")}");
        return run is { ThreadCount: >= 1, Steps: >= 0 } && IsTrainingTime(run.Elapsed)
            ? run : throw bag.Invalid("there is no such number of threads or steps, or no such time");
    }

    private static bool IsTrainingTime(TimeSpan time) => time >= TimeSpan.Zero && time <= TrainingOptions.LongestElapsed;

    // The properties are the type's own, whatever else is in the bag. What is not carried, such as an exception, stays as it is;
    // so does a file of the other session's machine, because a stranger must not name one to be opened here.
    private static T Fill<T>(T blank, PropertyBag bag) where T : class
    {
        foreach (PropertyInfo property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.CanWrite && property.Name != nameof(TrainingRun.SnapshotPath) && PropertyBag.Carries(property.PropertyType))
                property.SetValue(blank, bag.Read(property.Name, property.PropertyType));
        return blank;
    }
}

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

/// <summary>
/// What networks and pictures have for PowerShell to carry to another session beside their figures: the properties SerializedModel and
/// SerializedPixels of the module's types file.
/// </summary>
public static class SerializedContent
{
    /// <summary>The model file of a network, weights as they are; null for one whose weights are not all finite.</summary>
    /// <param name="network">An <see cref="Mlp"/>.</param>
    public static byte[]? Model(PSObject network) =>
        network?.BaseObject is Mlp { IsFinite: true } mlp ? ModelFile.ToBytes(mlp) : null;

    /// <summary>The packed samples and roles of a picture.</summary>
    /// <param name="picture">A <see cref="PixelDataset"/>.</param>
    public static byte[]? Pixels(PSObject picture) => (picture?.BaseObject as PixelDataset)?.ToPackedBytes();
}
