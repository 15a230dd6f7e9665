interface AttributesFieldProps {
  readonly value: string;
  /** Whether a line may say the type of its attribute. */
  readonly takesTypes?: boolean;
  readonly onChange: (value: string) => void;
}

/** A field for attributes, a line each. */
export function AttributesField({ value, takesTypes = false, onChange }: AttributesFieldProps) {
  return (
    <label>
      <span>
        Attributes, a line each: <code>type=order</code>, <code>price=100</code>, <code>tags=["a","b"]</code>
        {takesTypes && (
          <>
            , <code>code:String=100</code>
          </>
        )}
      </span>
      <textarea value={value} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
    </label>
  );
}
