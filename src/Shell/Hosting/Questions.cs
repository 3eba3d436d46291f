using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using MonaLisa.Shell.Terminal;

namespace MonaLisa.Shell.Hosting;

/// <summary>The questions that commands ask: a choice, missing parameters, a credential.</summary>
internal sealed class Questions(ShellConsole console, ShellInput input)
{
    public string ReadLine(string prompt) => input.ReadAnswer(prompt);

    public SecureString ReadSecret(string prompt)
    {
        var secret = new SecureString();
        foreach (char c in input.ReadAnswer(prompt, masked: true))
            secret.AppendChar(c);
        secret.MakeReadOnly();
        return secret;
    }

    public int AskForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ShowHeading(caption, message);
        (string Key, string Label)[] labels = [.. choices.Select(choice => SplitLabel(choice.Label))];
        var line = new StringBuilder();
        foreach ((string key, string label) in labels)
            line.Append(CultureInfo.InvariantCulture, $"[{key}] {label}  ");
        line.Append("[?] Help");
        if (defaultChoice >= 0)
            line.Append(CultureInfo.InvariantCulture, $" (default is \"{labels[defaultChoice].Key}\")");
        line.Append(": ");

        while (true)
        {
            string answer = input.ReadAnswer(line.ToString()).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            if (answer == "?")
            {
                foreach ((ChoiceDescription choice, (string key, _)) in choices.Zip(labels))
                    console.WritePrompt($"{key} - {choice.HelpMessage}\n");
                continue;
            }

            int index = Array.FindIndex(labels, label =>
                answer.Equals(label.Key, StringComparison.OrdinalIgnoreCase)
                || answer.Equals(label.Label, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
                return index;
        }
    }

    public Dictionary<string, PSObject> AskForFields(string caption, string message, Collection<FieldDescription> fields)
    {
        ShowHeading(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in fields)
        {
            Type type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
            answers[field.Name] = PSObject.AsPSObject(type.IsArray ? AskForArray(field.Name, type) : AskForValue(field.Name, type));
        }

        return answers;
    }

    public PSCredential AskForCredential(string caption, string message, string? userName)
    {
        ShowHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
            userName = ReadLine("User: ");
        if (userName.Length == 0)
            throw new HostException("A credential needs a user name.");
        return new PSCredential(userName, ReadSecret($"Password for user {userName}: "));
    }

    private Array AskForArray(string name, Type type)
    {
        Type elementType = type.GetElementType()!;
        List<object?> values = [];
        while (true)
        {
            string prompt = $"{name}[{values.Count}]: ";
            if (TryConvert(input.ReadAnswer(prompt), elementType, out object? value, out bool empty))
                values.Add(value);
            else if (empty)
                break;
        }

        var array = Array.CreateInstance(elementType, values.Count);
        for (int i = 0; i < values.Count; i++)
            array.SetValue(values[i], i);
        return array;
    }

    private object? AskForValue(string name, Type type)
    {
        if (type == typeof(SecureString))
            return ReadSecret(name + ": ");
        if (type == typeof(PSCredential))
            return AskForCredential("", name, null);
        while (true)
        {
            if (TryConvert(input.ReadAnswer(name + ": "), type, out object? value, out bool empty))
                return value;
            if (empty)
                return null;
        }
    }

    private bool TryConvert(string answer, Type type, out object? value, out bool empty)
    {
        value = null;
        empty = answer.Length == 0;
        if (empty)
            return false;
        try
        {
            value = LanguagePrimitives.ConvertTo(answer, type, CultureInfo.InvariantCulture);
            return true;
        }
        catch (PSInvalidCastException exception)
        {
            console.WritePrompt(exception.Message + "\n");
            return false;
        }
    }

    private void ShowHeading(string caption, string message)
    {
        console.ClearProgress();
        if (!string.IsNullOrEmpty(caption))
            console.WritePrompt($"\n{PSStyle.Instance.Bold}{caption}{PSStyle.Instance.BoldOff}\n");
        if (!string.IsNullOrEmpty(message))
            console.WritePrompt(message + "\n");
    }

    // "&Yes" is the label Yes with the key Y; a label without a mark is its own key.
    private static (string Key, string Label) SplitLabel(string label)
    {
        int mark = label.IndexOf('&', StringComparison.Ordinal);
        string text = label.Replace("&", "", StringComparison.Ordinal);
        return mark >= 0 && mark < text.Length ? (text[mark].ToString().ToUpperInvariant(), text) : (text, text);
    }
}
