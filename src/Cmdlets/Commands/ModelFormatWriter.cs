using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A format that Export-MlpModel writes; <see cref="ModelFormats"/> lists them.</summary>
internal abstract class ModelFormatWriter
{
    /// <summary>Which it is.</summary>
    public abstract ModelFormat Format { get; }

    /// <summary>The extensions that tell it, with their dots; files in a folder get the first.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether the weights' precision can be chosen.</summary>
    public virtual bool HasPrecision => false;

    /// <summary>Saves a network.</summary>
    /// <exception cref="ModelFileException">The file cannot be written, or the format cannot hold the network.</exception>
    /// <exception cref="ProviderUnavailableException">A measurement needs a provider that is not here.</exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public abstract SavedModel Save(ModelExport export, CancellationToken cancellationToken);
}
