using System.Reflection;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>
/// A library that the engine is built on could not be loaded, or another module's copy of it was taken and does not fit; the message names
/// the file and what to do.
/// </summary>
public sealed class DependencyException : Exception
{
    private DependencyException(string dependency, string message, Exception innerException) : base(message, innerException) =>
        Dependency = dependency;

    /// <summary>The simple name of the library's assembly.</summary>
    public string Dependency { get; }

    /// <summary>What an exception has to do with a library that the engine is built on; null where it has nothing to do with one.</summary>
    /// <param name="exception">What was caught; what it wraps counts too.</param>
    public static DependencyException? Find(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
            if (LoadFailure.Is(cause)
                && DependencyContext.Dependencies.FirstOrDefault(name => Names(cause, name.Name!)) is AssemblyName dependency)
                return Of(dependency, cause);
        return null;
    }

    // The libraries' types are in namespaces of their assemblies' names, so that a member that is missing names its library too.
    private static bool Names(Exception cause, string name) =>
        cause.Message.Contains(name, StringComparison.Ordinal)
            || cause is BadImageFormatException { FileName: string file } && file.Contains(name, StringComparison.Ordinal);

    private static DependencyException Of(AssemblyName dependency, Exception cause)
    {
        string name = dependency.Name!, own = DependencyContext.FileOf(name);
        string message = OtherCopy(dependency, own) is Assembly other
            ? $"MonaLisa.PS uses a {name} of its own, '{own}', but this session has taken another module's for it, '{other.Location}' " +
              $"(version {other.GetName().Version}), which does not fit. Start a new session and import MonaLisa.PS first."
            : $"MonaLisa.PS cannot load '{own}': {Reason(own, cause)}. " +
              $"Install MonaLisa.PS again, with its whole '{DependencyContext.FolderName}' folder.";
        return new DependencyException(name, message, cause);
    }

    private static string Reason(string own, Exception cause) => !File.Exists(own) ? "it is not there"
        : cause is BadImageFormatException ? "it is damaged"
        : cause.Message.Split('\n')[0].Trim().TrimEnd('.');

    // What the engine's reference was answered with, where that is another file.
    private static Assembly? OtherCopy(AssemblyName dependency, string own)
    {
        try
        {
            Assembly taken = Assembly.Load(dependency);
            return taken.Location.Length == 0 || taken.Location == own ? null : taken;
        }
        catch (Exception exception) when (LoadFailure.Is(exception))
        {
            return null;
        }
    }
}
